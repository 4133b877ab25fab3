import { randomSource } from '@crossmodal/core';
import { applyToBlocks, fitPcaOfBlocks } from '@crossmodal/transforms';
import { openRowBlocks } from '../src/index.js';

// Prints the size of the projection of a file, and the largest memory that it took, in bytes.
const rows = await openRowBlocks(process.argv[2]!);
const transform = await fitPcaOfBlocks(rows, { components: 3, random: randomSource(1) });
const projection = await applyToBlocks(rows, transform);
const spread = projection.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
// Node gives kibibytes on every system.
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ rows: projection.rows, columns: projection.columns, spread, peak }));
