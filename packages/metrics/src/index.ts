export { contingencyTable, type ContingencyTable } from './contingency/contingency-table.js';
export { evaluate, type Evaluation } from './evaluate.js';
export { ami, type AmiOptions } from './information-theoretic/ami.js';
export { completeness } from './information-theoretic/completeness.js';
export { homogeneity } from './information-theoretic/homogeneity.js';
export type { EntropyMean } from './information-theoretic/mean-of-entropies.js';
export { nmi, type NmiOptions } from './information-theoretic/nmi.js';
export { vMeasure, type VMeasureOptions } from './information-theoretic/v-measure.js';
export { encodeLabels, type EncodedLabels, type Labels } from './labels.js';
export { ari } from './pair-counting/ari.js';
export { fScore } from './pair-counting/f-score.js';
export {
  pairwisePrecisionRecall,
  type PairwisePrecisionRecall,
} from './pair-counting/pairwise-precision-recall.js';
export { accuracy } from './set-matching/accuracy.js';
export { maximumAssignment, type Assignment } from './set-matching/maximum-assignment.js';
export { purity } from './set-matching/purity.js';
