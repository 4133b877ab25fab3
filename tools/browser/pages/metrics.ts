import { evaluate } from '@crossmodal/metrics';

/** All metrics at once. */
(globalThis as unknown as { evaluate: unknown }).evaluate = evaluate;
