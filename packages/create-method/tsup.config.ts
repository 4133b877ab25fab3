import { recipe } from '../../tsup.config.base.ts';

export default recipe(['src/index.ts', 'src/bin.ts']);
