import { checkFitOptions, throwIfAborted, type FittedClusterer } from '@crossmodal/core';
import { evaluate } from '@crossmodal/metrics';
import { inspectClusters } from '../assumptions/inspect-clusters.js';
import { fileReader } from '../data/file-reader.js';
import { parseLabelSpec } from '../data/grammar/label-spec.js';
import { parseModalitySpec } from '../data/grammar/modality-spec.js';
import { labelsAmongFeatures } from '../data/labels/labels-among-features.js';
import { loadAllLabels } from '../data/labels/load-all-labels.js';
import { loadData } from '../data/modalities/load-data.js';
import { usageError } from '../errors/usage-error.js';
import type { Io } from '../io.js';
import { DEFAULT_PRESET, findMethod } from '../methods/find-method.js';
import { clustererOf } from '../methods/method-module.js';
import { parseSetOptions } from '../methods/set-options.js';
import { useBackendOf } from '../methods/use-backend-of.js';
import { progress, type Progress } from '../output/progress.js';
import { summaryText } from '../output/summary-text.js';
import type { Output } from '../output/with-output.js';
import { writeResults } from '../output/write-results.js';
import type { ClusterResult, RunSummary } from '../result.js';
import { CRITERION, clusterScatter } from '../runs/criterion.js';
import { inspectMembers, membersOf } from '../runs/members-of.js';
import { meanAndDeviation } from '../runs/mean-and-deviation.js';
import { distinctWarnings, type Warning } from '../warnings.js';

/** Arguments of `crossmodal cluster`, as they were parsed. */
export interface ClusterArguments {
  readonly method: string;
  readonly modality: readonly string[];
  readonly clusters: number;
  readonly labels: readonly string[];
  readonly preset?: string;
  readonly seed: number;
  readonly runs: number;
  readonly set: readonly string[];
  readonly backend: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

type Run = RunSummary['each'][number];

/**
 * `crossmodal cluster`: reads the modalities, clusters them once or with several seeds, and prints or writes the result.
 *
 * @param output - where results are written, when they are
 * @throws CrossmodalError on anything in the arguments or the files that cannot be used, before the work where that can be known.
 */
export async function clusterCommand(args: ClusterArguments, io: Io, output?: Output): Promise<void> {
  const { signal, now } = io;
  const start = now();
  const seconds = (from: number) => (now() - from) / 1000;
  const told = progress(io, args.quiet === true);

  const { preset = DEFAULT_PRESET } = args;
  const method = await findMethod(args.method, preset);
  const options = {
    ...parseSetOptions(args.set),
    ...(preset === DEFAULT_PRESET ? {} : { preset }),
  };
  // The last seed of several runs would be refused only when all others are done.
  if (args.seed + args.runs - 1 > 0xffffffff) {
    throw usageError('--runs', 'seeds up to 4294967295', `${args.runs} runs from seed ${args.seed}`);
  }
  told.part('reading');
  // All are parsed before the first is read, so that a slip in the last is told at once.
  const specs = args.modality.map((text) => parseModalitySpec(text));
  const labels = args.labels.map((text) => parseLabelSpec('--labels', text));
  const files = fileReader([...specs, ...labels], labels, io);
  const { data, descriptions, warnings: readWarnings } = await loadData(method.data, specs, files, signal);
  checkFitOptions('cluster', data, { clusters: args.clusters });
  const truth = labels.length === 0 ? undefined : await loadAllLabels(args.labels, labels, data, files);
  const early = distinctWarnings([
    ...readWarnings,
    ...(truth === undefined ? [] : labelsAmongFeatures(data.modalities, truth)),
    ...(method.assumptions?.(data, args.clusters) ?? []),
  ]);
  warn(early, told, io);
  const read = seconds(start);
  throwIfAborted(signal, 'cluster');

  // Loaded only now, so that bad arguments are told without waiting for TensorFlow.js.
  const backend = await useBackendOf(args.backend, method.folder);
  const fitData = clustererOf(await method.value(), data, options);

  let picked: { readonly fitted: FittedClusterer; readonly run: Run } | undefined;
  const each: Run[] = [];
  try {
    for (let r = 0; r < args.runs; r++) {
      const seed = args.seed + r;
      told.part(args.runs === 1 ? args.method : `${args.method} seed ${seed}`);
      const fitStart = now();
      const fitted = await fitData({
        clusters: args.clusters,
        seed,
        signal,
        onProgress: told.event,
      });
      const run: Run = {
        seed,
        criterion: clusterScatter(fitted),
        metrics: truth === undefined ? null : evaluate(truth, fitted.labels),
        seconds: seconds(fitStart),
      };
      each.push(run);
      // Strictly below: of runs that are as good as each other the first is picked.
      if (picked === undefined || run.criterion < picked.run.criterion) {
        picked?.fitted.dispose();
        picked = { fitted, run };
      } else {
        fitted.dispose();
      }
    }
    const { fitted, run } = picked!;
    const { fit, affinity, assign } = fitted.seconds;
    const late = [
      ...inspectMembers(fitted),
      ...inspectClusters(args.method, data, args.clusters, fitted.labels),
    ];
    const members = membersOf(fitted);
    warn(late, told, io);
    const result: ClusterResult = {
      method: args.method,
      preset,
      backend: backend.name,
      seed: run.seed,
      n: data.n,
      clusters: args.clusters,
      modalities: descriptions,
      warnings: [...early, ...late],
      labels: Array.from(fitted.labels),
      metrics: run.metrics,
      seconds: { read, fit, affinity, assign, total: seconds(start) },
      // Node gives kibibytes on every system.
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      history: finalLosses(fitted),
      ...(fitted.modalityWeights === undefined ? {} : { modalityWeights: fitted.modalityWeights }),
      ...(members === undefined ? {} : { members }),
      options: fitted.options,
      ...(args.runs === 1 ? {} : { runs: summaryOf(each, run.seed) }),
    };
    throwIfAborted(signal, 'cluster');
    let failure: Error | undefined;
    if (output !== undefined) {
      told.part('writing');
      const outcome = { data, fitted, result, ...(truth === undefined ? {} : { truth }) };
      failure = await output.write((directory) => writeResults(directory, outcome));
    }
    told.end();
    const written = failure === undefined ? args.out : undefined;
    io.stdout.write(args.json ? `${JSON.stringify(result)}\n` : summaryText(result, written));
    if (failure !== undefined) throw failure;
  } finally {
    told.end();
    picked?.fitted.dispose();
  }
}

/** Says each warning in a line on stderr; `--quiet` silences progress, not these. */
function warn(warnings: readonly Warning[], told: Progress, io: Io): void {
  if (warnings.length > 0) told.end();
  for (const { message } of warnings) io.stderr.write(`crossmodal: warning: ${message}\n`);
}

/** The last value of each term, whichever phase it belongs to. */
function finalLosses({ history }: FittedClusterer): Record<string, number> {
  const final: Record<string, number> = {};
  for (const { losses } of history) Object.assign(final, losses);
  return final;
}

function summaryOf(each: readonly Run[], pickedSeed: number): RunSummary {
  const scores = each.flatMap((run) => run.metrics ?? []);
  const { mean, std } = scores.length === 0 ? { mean: null, std: null } : meanAndDeviation(scores);
  return { pickedBy: CRITERION, pickedSeed, each, mean, std };
}
