export { kinds } from '../../../shared/kinds/index.ts';
