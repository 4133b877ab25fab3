const below = [
  'layer:core',
  'layer:linalg',
  'layer:metrics',
  'layer:spectral',
  'layer:transforms',
  'layer:io',
  'layer:datasets',
  'layer:backend',
  'layer:tensors',
  'layer:piece',
];
const noTensorFlow = { bannedExternalImports: ['@tensorflow/*', 'onnxruntime*'] };

/**
 * What each layer may import: `nx.tags` in a package's package.json names its layer. Tests of any layer above `core`, `linalg` and
 * `tensors` may import `layer:testing`; ESLint keeps it out of everything that is not a test.
 */
export const layers = [
  { sourceTag: 'layer:core', onlyDependOnLibsWithTags: ['layer:core'], ...noTensorFlow },
  { sourceTag: 'layer:linalg', onlyDependOnLibsWithTags: ['layer:core'], ...noTensorFlow },
  { sourceTag: 'layer:metrics', onlyDependOnLibsWithTags: ['layer:core', 'layer:testing'], ...noTensorFlow },
  {
    sourceTag: 'layer:spectral',
    onlyDependOnLibsWithTags: ['layer:core', 'layer:linalg', 'layer:metrics', 'layer:testing'],
    ...noTensorFlow,
  },
  {
    sourceTag: 'layer:transforms',
    onlyDependOnLibsWithTags: ['layer:core', 'layer:linalg', 'layer:testing'],
    ...noTensorFlow,
  },
  {
    sourceTag: 'layer:io',
    onlyDependOnLibsWithTags: ['layer:core', 'layer:transforms', 'layer:testing'],
    ...noTensorFlow,
  },
  {
    sourceTag: 'layer:datasets',
    onlyDependOnLibsWithTags: [
      'layer:core',
      'layer:linalg',
      'layer:spectral',
      'layer:transforms',
      'layer:io',
      'layer:testing',
    ],
    ...noTensorFlow,
  },
  { sourceTag: 'layer:backend', onlyDependOnLibsWithTags: ['layer:core'] },
  { sourceTag: 'layer:tensors', onlyDependOnLibsWithTags: ['layer:core', 'layer:linalg', 'layer:backend'] },
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:core', 'layer:tensors'] },
  {
    sourceTag: 'layer:piece',
    onlyDependOnLibsWithTags: [
      'layer:core',
      'layer:metrics',
      'layer:linalg',
      'layer:spectral',
      'layer:transforms',
      'layer:tensors',
      'layer:piece',
      'layer:testing',
    ],
  },
  { sourceTag: 'layer:method', onlyDependOnLibsWithTags: [...below, 'layer:testing'] },
  { sourceTag: 'layer:family', onlyDependOnLibsWithTags: [...below, 'layer:method', 'layer:testing'] },
  {
    sourceTag: 'layer:model',
    onlyDependOnLibsWithTags: [...below, 'layer:family', 'layer:method', 'layer:testing'],
  },
  {
    sourceTag: 'layer:ensemble',
    onlyDependOnLibsWithTags: [...below, 'layer:family', 'layer:method', 'layer:model', 'layer:testing'],
  },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['*'] },
];

/** Source folders that run in a browser: what they import, at whatever depth, is no module of Node and no TensorFlow.js. */
export const runsInBrowsers = [
  'packages/core/src',
  'packages/linalg/src',
  'packages/spectral/src',
  'packages/metrics/src',
  'packages/transforms/src',
  'packages/datasets/src/generators',
];
