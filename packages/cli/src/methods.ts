import type { Clusterer, FittedClusterer, MultiModalData } from '@crossmodal/core';
import type { MethodOptions } from './set-options.js';
import { fewFeatures } from './assumptions/few-features.js';
import { unequalGroups } from './assumptions/unequal-groups.js';
import { usageError } from './usage-error.js';
import type { Warning } from './warnings.js';

/** A clustering method as the command knows it. */
export interface Method {
  /** Half a line for the help. */
  readonly summary: string;
  /** How the rows of several modalities belong together. */
  readonly data: MultiModalData['kind'];
  /** Presets beside the default. */
  readonly presets: readonly string[];
  /** What data lie outside of what the method assumes, before it starts. */
  assumptions?(data: MultiModalData, clusters: number): readonly Warning[];
  /** Makes the method with options that it checks itself; it fits data of this kind only. */
  create(options: MethodOptions): Promise<Clusterer<MultiModalData>>;
  /** Gives back a model that was saved. */
  load(directory: string): Promise<FittedClusterer<MultiModalData>>;
}

/** Every method of the command, by name; packages are loaded when they are used. */
export const METHODS: Readonly<Record<string, Method>> = {
  'cmsc-dcca': {
    summary: 'deep canonical correlation and self-expression of convolutional autoencoders',
    data: 'paired',
    presets: ['paper'],
    assumptions: unequalGroups,
    create: async (options) => (await import('@crossmodal/cmsc-dcca')).createCmscDcca(options),
    load: async (directory) => (await import('@crossmodal/cmsc-dcca')).loadCmscDcca(directory),
  },
  dm2c: {
    summary: 'mixed data, each row of a modality another object: maps between latent spaces, k-means',
    data: 'mixed',
    presets: ['paper'],
    create: async (options) => (await import('@crossmodal/dm2c')).createDm2c(options),
    load: async (directory) => (await import('@crossmodal/dm2c')).loadDm2c(directory),
  },
  dmim: {
    summary: 'mutual information between assignments of a shared encoder, overclustering; memberships',
    data: 'paired',
    presets: ['paper'],
    create: async (options) => (await import('@crossmodal/dmim')).createDmim(options),
    load: async (directory) => (await import('@crossmodal/dmim')).loadDmim(directory),
  },
  dmsc: {
    summary: 'deep multimodal subspace clustering: autoencoders and self-expression',
    data: 'paired',
    presets: ['paper'],
    assumptions: unequalGroups,
    create: async (options) => (await import('@crossmodal/dmsc')).createDmsc(options),
    load: async (directory) => (await import('@crossmodal/dmsc')).loadDmsc(directory),
  },
  eamc: {
    summary: 'adversarial alignment, attention over modalities, divergence-based clustering; minibatches',
    data: 'paired',
    presets: ['paper'],
    create: async (options) => (await import('@crossmodal/eamc')).createEamc(options),
    load: async (directory) => (await import('@crossmodal/eamc')).loadEamc(directory),
  },
  exact: {
    summary: 'closed-form self-expression, no network, seconds',
    data: 'paired',
    presets: [],
    assumptions: (data, clusters) => [...fewFeatures(data), ...unequalGroups(data, clusters)],
    create: async (options) => (await import('@crossmodal/exact')).createExact(options),
    load: async (directory) => (await import('@crossmodal/exact')).loadExact(directory),
  },
};

/** Every method's own preset, which `--preset` need not name. */
export const DEFAULT_PRESET = 'default';

/**
 * The method of a name, after checking that it has the preset.
 *
 * @throws CrossmodalError `option` when there is no such method, or it has no such preset.
 */
export function methodOf(name: string, preset?: string): Method {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name]! : undefined;
  if (method === undefined) throw usageError('--method', Object.keys(METHODS).join(', '), `'${name}'`);
  if (preset !== undefined && preset !== DEFAULT_PRESET && !method.presets.includes(preset)) {
    const expected = [DEFAULT_PRESET, ...method.presets].join(', ');
    throw usageError('--preset', expected, `'${preset}'`);
  }
  return method;
}
