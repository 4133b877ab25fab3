import * as z from 'zod';

const coefficients = z.strictObject({
  kind: z.literal('coefficients').exactOptional(),
  kernel: z.enum(['gaussian', 'linear']),
  scope: z.enum(['joint', 'modality']),
  width: z.number().positive().exactOptional(),
  ridge: z.number().positive(),
  neighbours: z.int().min(1),
  sign: z.enum(['both', 'positive']).exactOptional(),
});

const neighbours = z
  .strictObject({ kind: z.literal('neighbours'), neighbours: z.int().min(1), scale: z.int().min(1) })
  .refine((recipe) => recipe.scale >= recipe.neighbours, {
    message: 'a scale of at least as many neighbours',
  });

const recipes = z
  .array(z.union([coefficients, neighbours]))
  .min(1)
  .readonly();

/** Schema of the option `graphs` of a model whose affinity is the mean of graphs: the name of a set, or recipes. */
export const graphsSchema = z.union([z.enum(['R', 'F2']), recipes]);

/** Schema of the option `graphs` of a model that can also cluster by the consensus of graphs, `C5`. */
export const consensusGraphsSchema = z.union([z.enum(['R', 'F2', 'C5']), recipes]);
