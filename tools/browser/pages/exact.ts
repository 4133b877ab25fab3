import { createExact } from '@crossmodal/exact';
import { useBackend } from '@crossmodal/tensors';

/** As much as a page with `exact` needs. */
(globalThis as unknown as { cluster: unknown }).cluster = { createExact, useBackend };
