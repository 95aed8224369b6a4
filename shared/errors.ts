/**
 * The operating failures that trustwatch names. Everything expected is a value of a union; a broken
 * invariant is an assertion; these are what a person can put right.
 */

/** A message is one line, whatever the text holds that it quotes; so do other control characters look where it is shown. */
const oneLine = (text: string): string => text.replaceAll('\n', '\\u{a}');

/** Something that a person or another program handed in is wrong: says where, what, and the remedy. */
export class InputError extends Error {
  override readonly name = 'InputError';

  /**
   * @param where what was read: a file with line and column, a flag, an event id
   * @param what what is wrong with it, lower case, no full stop
   * @param remedy what to do about it
   */
  constructor(where: string, what: string, remedy: string) {
    super(oneLine(`${where}: ${what}; ${remedy}`));
  }
}

/** The work could not start or go on at all (no credentials, no organization): says what and the remedy. */
export class OperationError extends Error {
  override readonly name = 'OperationError';

  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(oneLine(`${what}; ${remedy}`), options);
  }
}

/** A channel took some of what it was told, and refused the others. */
export class PartlyTold extends Error {
  override readonly name = 'PartlyTold';
  readonly taken: ReadonlySet<number>;

  /** @param taken the places of those that it took, in the order in which it was told them */
  constructor(taken: ReadonlySet<number>, what: string) {
    super(what);
    this.taken = taken;
  }
}
