import { methodSource, type MethodNames } from './method-source.js';

/** Versions that a new project pins. */
export interface ProjectVersions {
  /** Of all crossmodal packages. */
  readonly crossmodal: string;
  readonly typescript: string;
  readonly vitest: string;
  readonly zod: string;
}

/** Files of a new project by path, with their text. */
export function projectFiles(
  names: MethodNames,
  versions: ProjectVersions,
): Readonly<Record<string, string>> {
  return {
    'package.json': `${JSON.stringify(manifest(names.name, versions), null, 2)}\n`,
    'tsconfig.json': `${JSON.stringify(TSCONFIG, null, 2)}\n`,
    'README.md': readme(names),
    '.gitignore': 'node_modules\ndist\n',
    'src/index.ts': methodSource(names),
    'tests/contract.test.ts': contractTest(names),
  };
}

function manifest(name: string, { crossmodal, typescript, vitest, zod }: ProjectVersions): object {
  return {
    name,
    version: '0.1.0',
    type: 'module',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist'],
    scripts: { build: 'tsc', test: 'tsc --noEmit && vitest run' },
    dependencies: {
      '@crossmodal/fusion': crossmodal,
      '@crossmodal/method': crossmodal,
      '@crossmodal/subspace': crossmodal,
      zod,
    },
    devDependencies: {
      '@crossmodal/cli': crossmodal,
      '@crossmodal/tensors': crossmodal,
      '@crossmodal/testing': crossmodal,
      typescript,
      vitest,
    },
  };
}

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    skipLibCheck: true,
    declaration: true,
    rootDir: 'src',
    outDir: 'dist',
  },
  include: ['src'],
};

function contractTest({ creator, loader }: MethodNames): string {
  return `import { useBackend } from '@crossmodal/tensors';
import { clustererContract, registerContract } from '@crossmodal/testing';
import { beforeAll, test } from 'vitest';
import { ${creator}, ${loader} } from '../src/index.js';

beforeAll(() => useBackend('auto'));

// What every clusterer promises: the same seed gives the same labels, row order does not matter, nothing leaks, bad input ends in a typed error, ...
registerContract(
  test,
  clustererContract(() => ${creator}({ epochs: 1 }), { load: (directory) => ${loader}(directory) }),
);
`;
}

function readme({ name, creator }: MethodNames): string {
  return `# ${name}

A method of multi-modal clustering, made of the pieces of crossmodal.

\`\`\`sh
npm install
npm test                 # types, and the contract of all clusterers
npm run build
\`\`\`

In a project where the package and \`@crossmodal/cli\` are installed:

\`\`\`sh
npx crossmodal cluster --method ${name} --modality pixels.npy --modality text.csv --clusters 10
\`\`\`

In code:

\`\`\`ts
import { ${creator} } from '${name}';

const fitted = await ${creator}().fit(data, { clusters: 10 });
\`\`\`

\`src/index.ts\` is the method: inputs, network, training and readout. Each can be replaced by another part of crossmodal, or by one of your own.
`;
}
