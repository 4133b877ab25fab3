import base from '../../tsup.config.base.ts';

/** The generators are an entry of their own, so that they can be imported where there is no Node. */
export default { ...base, entry: ['src/index.ts', 'src/generators/index.ts'] };
