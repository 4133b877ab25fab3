/**
 * `PROPERTY_SEED` fixes what property tests draw. `npm test` sets it, so that its answer, which the task cache keeps, is the same each time;
 * without it, as in `npx vitest run` inside a package, every run draws anew.
 */
const given = process.env['PROPERTY_SEED'];
if (given !== undefined) {
  const seed = Number(given);
  if (!Number.isInteger(seed)) throw new Error(`PROPERTY_SEED must be a whole number, not '${given}'.`);
  const { configureGlobal, readConfigureGlobal } = await import('fast-check');
  configureGlobal({ ...readConfigureGlobal(), seed });
}

export {};
