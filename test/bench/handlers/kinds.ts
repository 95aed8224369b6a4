import { kinds } from '../../../shared/kinds/index.ts';

/** An empty handler that knows the kinds. */
export const handler = async (): Promise<number> => kinds.length;
