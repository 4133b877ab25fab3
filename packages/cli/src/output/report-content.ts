import { denseMatrix, type ImageModality, type Modality, type MultiModalData } from '@crossmodal/core';
import type { ReportContent } from '@crossmodal/report';
import type { Evaluation } from '@crossmodal/metrics';
import type { MemberResult } from '../result.js';
import type { Outcome } from './outcome.js';

const COLUMNS = [
  { key: 'acc', label: 'ACC', title: 'accuracy under the best one-to-one naming of clusters' },
  { key: 'nmi', label: 'NMI', title: 'normalised mutual information' },
  { key: 'ari', label: 'ARI', title: 'adjusted Rand index' },
  { key: 'ami', label: 'AMI', title: 'adjusted mutual information' },
  { key: 'purity', label: 'Purity' },
  { key: 'fScore', label: 'F-score', title: 'pairwise F-score' },
] as const satisfies readonly { key: keyof Evaluation; label: string; title?: string }[];

/** One image an object: of the first modality of images; of mixed data only when all are images of one size. */
function imagesOf({ kind, n, modalities }: MultiModalData): ImageModality | undefined {
  const all = modalities.filter((modality) => modality.kind === 'images');
  const [first] = all;
  if (first === undefined || kind === 'paired') return first;
  const isLike = ({ height, width, channels }: ImageModality) =>
    height === first.height && width === first.width && channels === first.channels;
  if (all.length < modalities.length || !all.every(isLike)) return undefined;
  const { columns } = first.features;
  const values = new Float32Array(n * columns);
  let at = 0;
  for (const { features } of all) {
    values.set(features.values, at);
    at += features.values.length;
  }
  return { ...first, features: denseMatrix(values, n, columns) };
}

/** `images 28×28`, or `vectors of 20, absent in 5 rows`. */
function describe(modality: Modality): string {
  const { features, present } = modality;
  const absent = present?.filter((flag) => flag === 0).length ?? 0;
  const size =
    modality.kind === 'images'
      ? `images ${modality.height}×${modality.width}${modality.channels === 1 ? '' : `×${modality.channels}`}`
      : `vectors of ${features.columns}`;
  return absent === 0 ? size : `${size}, absent in ${absent} rows`;
}

/** `agreement 0.812, weight 0.344`, or that it was left out. */
function memberFact({ name, outcome, support, weight }: MemberResult) {
  const counts = `agreement ${support?.toFixed(3)}, weight ${weight?.toFixed(3)}`;
  const parts = [...(support === undefined ? [] : [counts]), ...(outcome === 'fitted' ? [] : [outcome])];
  return { label: `Member ${name}`, value: parts.join(', ') || outcome };
}

/** What the report of one clustering shows. */
export function reportContent({ data, fitted, result, truth }: Outcome): ReportContent {
  const { runs, metrics, seconds } = result;
  const row = (name: string, mean: Evaluation, std?: Evaluation | null) => ({
    name,
    emphasis: true,
    scores: Object.fromEntries(
      COLUMNS.map(({ key }) => [key, { mean: mean[key], ...(std ? { std: std[key] } : {}) }]),
    ),
  });
  const rows = [
    ...(metrics === null ? [] : [row(runs ? `Picked run, seed ${result.seed}` : result.method, metrics)]),
    ...(runs?.mean ? [row(`Mean of ${runs.each.length} runs`, runs.mean, runs.std)] : []),
  ];
  const images = imagesOf(data);
  return {
    title: `${result.clusters} clusters of ${result.n} objects`,
    lead: `Clustered by ${result.method} from ${data.modalities.length === 1 ? 'one modality' : `${data.modalities.length} modalities`}.`,
    facts: [
      ...data.modalities.map((modality) => ({
        label: modality.name,
        value: describe(modality),
      })),
      { label: 'Backend', value: result.backend },
      { label: 'Seed', value: String(result.seed) },
      { label: 'Time', value: `${seconds.total.toFixed(1)} s` },
      ...(result.members ?? []).map(memberFact),
    ],
    ...(rows.length === 0
      ? {}
      : {
          scores: {
            caption: 'Against the labels given, which took no part in the clustering.',
            columns: COLUMNS,
            rows,
          },
        }),
    notes: result.warnings.map(({ message }) => `Warning: ${message}`),
    clusterings: [
      {
        name: result.method,
        ...(runs === undefined
          ? {}
          : { note: `The run of seed ${runs.pickedSeed}, picked by the ${runs.pickedBy}.` }),
        labels: result.labels,
        ...(fitted.affinity === undefined ? {} : { affinity: fitted.affinity }),
        ...(images === undefined ? {} : { images }),
        ...(truth === undefined ? {} : { truth }),
      },
    ],
  };
}
