/** The parts of the clustering loss: Eq. 8, Eq. 9 and Eq. 10 of the paper. */
export const CLUSTERING_TERMS = ['separation', 'simplex', 'orthogonality'] as const;

/** One part of the clustering loss. */
export type ClusteringTerm = (typeof CLUSTERING_TERMS)[number];
