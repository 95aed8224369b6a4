/** The time of a decision, and whether the decision depends on it. */
export class Clock {
  readonly #now: number | undefined;
  #wasRead = false;

  /** @param now milliseconds since 1970 */
  constructor(now: number | undefined) {
    this.#now = now;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    this.#wasRead = true;
    return this.#now ?? Date.now();
  }

  get wasRead(): boolean {
    return this.#wasRead;
  }
}
