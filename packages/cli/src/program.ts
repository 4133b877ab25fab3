import { Command, InvalidArgumentError, Option } from 'commander';
import { clusterCommand, type ClusterArguments } from './commands/cluster.js';
import { doctorCommand, type DoctorArguments } from './commands/doctor.js';
import { evaluateCommand, type EvaluateArguments } from './commands/evaluate.js';
import { EXIT_CODES_HELP } from './errors/exit-codes-help.js';
import type { Io } from './io.js';
import { BUILT_IN } from './methods/built-in.js';
import { withOutput } from './output/with-output.js';

const MODALITY_HELP = `
A modality is PATH[:VARIABLE][,key=value...]: a .mat, .npy, .npz, IDX, .csv, .tsv or .txt file (also .gz), one row per object. The variable
may be left out when only one can be meant; a cell array gives one modality per cell; FILE:data.X is a field of a struct. Repeat --modality for
more, with the same file too:
  --modality coil.mat:fea,image=32x32,order=column --modality coil.mat:fea,image=32x32,order=column,edges=sobel
A path that exists is taken as it is, whatever commas and colons it holds; - is standard input and needs a format.

Keys that say how a file is read, which --labels and --predicted take too:
  format=csv|tsv|npy|npz|mat|idx   format of a file whose name does not tell it
  header=yes|no                    whether the first line of a table names its columns
  delimiter=comma|semicolon|tab|pipe|blanks, decimal=point|comma   where the guess is wrong

Keys of a modality, applied in this order:
  transpose            reverse the axes first: columns are objects
  rows=FIRST:LAST      keep these rows, counted from 0, both included; --labels takes it too
  absent=nan           rows that are NaN, or empty cells, throughout are absent: the object is seen in other modalities only
  image=HxW[xC]        each row is an image (arrays of 3 or 4 axes are images without it)
  axes=nhwc|nchw       channels stand last, or first, one plane after the other
  order=row|column     pixels are stored row by row (the default) or column by column, as MATLAB does
  edges=sobel          replace the images by their edge maps
  hog                  replace the images by their histograms of oriented gradients (vectors)
  scale=none|minmax|standard|unit|sqc   scale the features (default none)
  pca=N                keep N principal components (vectors); a .npy file in C order or an IDX file is then read block by block and may be
                       larger than memory, but not with transpose, edges or hog
  name=NAME            name in reports (default: the variable, or the file)

Row i of every modality is the same object; with dm2c every row is an object of its own, numbered modality after modality. Columns of a table
that are no features (text, a column that numbers the rows, the labels) are left out, and warnings on stderr say so.`;

const OUTPUT_HELP = `
--out DIR holds labels.csv, result.json, report.html, model/ and crossmodal-files.json, which lists them with their checksums. Without --force
DIR must be absent or empty. With it, files that DIR's crossmodal-files.json lists and nobody has changed are replaced; all others stay,
and one in the way is an error, as is any file that the command reads. A link to a directory is followed.`;

/** Builds the command line; every run gets its own, since commander keeps what it parsed. */
export function program(io: Io): Command {
  const root = new Command('crossmodal')
    .description('Cluster objects that are described in several modalities.')
    .version('0.1.0')
    .addHelpText('after', EXIT_CODES_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'crossmodal: ')),
    });

  root
    .command('cluster')
    .description('cluster the rows of one or several modalities')
    .addOption(
      new Option(
        '--method <name>',
        'clustering method, or an installed package that exports one',
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option('--modality <spec>', 'a modality; repeat for more').argParser(collect).makeOptionMandatory(),
    )
    .addOption(new Option('--clusters <k>', 'number of clusters').argParser(count).makeOptionMandatory())
    .addOption(
      new Option(
        '--labels <path[:variable]>',
        'true labels, for the metrics only; with dm2c of all rows, modality after modality, or one file per modality',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--preset <name>', "'default', or 'paper': as published")
    .addOption(new Option('--seed <n>', 'seed of everything random').argParser(seed).default(0))
    .addOption(
      new Option(
        '--runs <n>',
        'fits with seeds seed..seed+n-1; reports their mean, keeps the tightest clusters',
      )
        .argParser(count)
        .default(1),
    )
    .addOption(
      new Option('--set <option=value>', 'an option of the method, value as in JSON; repeat for more')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--backend <name>', 'engine: auto, onnx, tensorflow, tensorflow-gpu, wasm, cpu').default(
        'auto',
      ),
    )
    .option('--out <dir>', 'write labels.csv, result.json, report.html and the model into this directory')
    .option(
      '--force',
      'write into an --out that is not empty: unchanged files of earlier results are replaced, all others stay',
    )
    .option('--json', 'print one JSON object and nothing else')
    .option('--quiet', 'no progress on stderr; warnings stay')
    .addHelpText(
      'after',
      `${MODALITY_HELP}\n${OUTPUT_HELP}\n\nMethods:\n${methodLines()}\n${EXIT_CODES_HELP}`,
    )
    .action((args: ClusterArguments) => withOutput(args, io, (output) => clusterCommand(args, io, output)));

  root
    .command('evaluate')
    .description('score a clustering against true labels')
    .requiredOption('--labels <path[:variable]>', 'true labels')
    .requiredOption('--predicted <path[:variable]>', 'predicted labels, such as DIR/labels.csv')
    .option('--json', 'print one JSON object and nothing else')
    .action((args: EvaluateArguments) => evaluateCommand(args, io));

  root
    .command('doctor')
    .description('say which engines are installed, how fast they are, and which one is picked')
    .option('--json', 'print one JSON object and nothing else')
    .action((args: DoctorArguments) => doctorCommand(args, io));

  return root;
}

function methodLines(): string {
  const lines = Object.entries(BUILT_IN).map(([name, { summary }]) => `  ${name.padEnd(18)} ${summary}`);
  return [...lines, `  ${'PACKAGE'.padEnd(18)} what a package installed here exports as 'method'`].join('\n');
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

function count(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('Expected an integer of 1 or more.');
  return Number(value);
}

function seed(value: string): number {
  if (!/^\d{1,10}$/.test(value) || Number(value) > 0xffffffff) {
    throw new InvalidArgumentError('Expected an integer in 0..4294967295.');
  }
  return Number(value);
}
