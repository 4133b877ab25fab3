import { recipe } from '../../tsup.config.base.ts';

export default recipe(['src/index.ts', 'src/worker.ts']);
