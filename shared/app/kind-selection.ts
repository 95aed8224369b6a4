import { InputError } from '../errors.ts';
import type { Kind } from '../kinds/kind.ts';

/** The kinds of these ids; every kind when none are named. */
export function selectKinds(kinds: readonly Kind[], ids: readonly string[] | undefined): readonly Kind[] {
  const unknown = ids?.find((id) => !kinds.some((kind) => kind.id === id));
  if (unknown !== undefined)
    throw new InputError('kinds', `there is no kind \`${unknown}\``, '`trustwatch kinds` lists them');
  return ids === undefined ? kinds : kinds.filter(({ id }) => ids.includes(id));
}
