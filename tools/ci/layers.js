const below = [
  'layer:core',
  'layer:metrics',
  'layer:spectral',
  'layer:data',
  'layer:backend',
  'layer:tensors',
  'layer:piece',
];
const noTensorFlow = { bannedExternalImports: ['@tensorflow/*', 'onnxruntime*'] };

/**
 * What each layer may import: `nx.tags` in a package's package.json names its layer. Tests of any layer above `core` and
 * `tensors` may import `layer:testing`; ESLint keeps it out of everything that is not a test.
 */
export const layers = [
  { sourceTag: 'layer:core', onlyDependOnLibsWithTags: ['layer:core'], ...noTensorFlow },
  { sourceTag: 'layer:metrics', onlyDependOnLibsWithTags: ['layer:core', 'layer:testing'], ...noTensorFlow },
  { sourceTag: 'layer:spectral', onlyDependOnLibsWithTags: ['layer:core', 'layer:testing'], ...noTensorFlow },
  {
    sourceTag: 'layer:data',
    onlyDependOnLibsWithTags: ['layer:core', 'layer:spectral', 'layer:testing'],
    ...noTensorFlow,
  },
  { sourceTag: 'layer:backend', onlyDependOnLibsWithTags: ['layer:core'] },
  { sourceTag: 'layer:tensors', onlyDependOnLibsWithTags: ['layer:core', 'layer:backend'] },
  { sourceTag: 'layer:testing', onlyDependOnLibsWithTags: ['layer:core', 'layer:tensors'] },
  {
    sourceTag: 'layer:piece',
    onlyDependOnLibsWithTags: [
      'layer:core',
      'layer:metrics',
      'layer:spectral',
      'layer:data',
      'layer:tensors',
      'layer:piece',
      'layer:testing',
    ],
  },
  { sourceTag: 'layer:assembly', onlyDependOnLibsWithTags: [...below, 'layer:testing'] },
  { sourceTag: 'layer:model', onlyDependOnLibsWithTags: [...below, 'layer:assembly', 'layer:testing'] },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['*'] },
];
