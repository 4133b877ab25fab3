import type { FittedClusterer, Mixed, Paired } from '@crossmodal/core';
import { accuracy, nmi } from '@crossmodal/metrics';
import type { Comparison, Variant } from './comparison.js';
import { mixedSet, type StudyData } from './study-sets.js';

/** A fitted variant and its scores. */
export interface VariantFit {
  readonly acc: number;
  readonly nmi: number;
  /** Seconds of the fit, by the clock. */
  readonly seconds: number;
  /** Seconds that processors worked on it, which other programs on the machine change little. */
  readonly processorSeconds: number;
  readonly fitted: Pick<FittedClusterer<Paired | Mixed>, 'labels' | 'embedding' | 'memberships' | 'history'>;
}

/** Fits one variant; labels of the data score it, after the fact. */
export async function fitVariant(
  comparison: Comparison,
  { options }: Variant,
  given: StudyData<Paired>,
  seed: number,
): Promise<VariantFit> {
  const { clusters } = given;
  if (comparison.kind === 'paired')
    return scored(() => comparison.create(options).fit(given.data, { clusters, seed }), given.labels);
  const { data, labels } = mixedSet(given, seed);
  return scored(() => comparison.create(options).fit(data, { clusters, seed }), labels);
}

async function scored(
  fit: () => Promise<FittedClusterer<Paired> | FittedClusterer<Mixed>>,
  labels: Int32Array,
): Promise<VariantFit> {
  const start = performance.now();
  const used = process.cpuUsage();
  const fitted = await fit();
  const { user, system } = process.cpuUsage(used);
  const seconds = (performance.now() - start) / 1000;
  fitted.dispose();
  return {
    acc: accuracy(labels, fitted.labels),
    nmi: nmi(labels, fitted.labels),
    seconds,
    processorSeconds: (user + system) / 1e6,
    fitted,
  };
}
