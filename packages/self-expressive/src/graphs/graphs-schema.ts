import * as z from 'zod';

const recipe = z.strictObject({
  kernel: z.enum(['gaussian', 'linear']),
  scope: z.enum(['joint', 'modality']),
  width: z.number().positive().exactOptional(),
  ridge: z.number().positive(),
  neighbours: z.int().min(1),
  sign: z.enum(['both', 'positive']).exactOptional(),
});

/** Schema of the option `graphs` of a model: the name of a set, or recipes. */
export const graphsSchema = z.union([z.enum(['R', 'F2']), z.array(recipe).min(1).readonly()]);
