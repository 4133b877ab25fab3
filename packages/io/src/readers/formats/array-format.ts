/** A format of files that `decodeFile` reads. */
export type ArrayFormat = 'csv' | 'tsv' | 'npy' | 'npz' | 'mat' | 'idx';
