import type { Question } from './question.ts';
import type { Request } from './request.ts';

/** What a fact of the world is checked on. */
export interface Situation {
  readonly question: Question;
  readonly request: Request;
  /** Whether the policies speak of a key. A request need not spell out keys that nobody asks for. */
  readonly asksFor: (key: string) => boolean;
}

/** Something that is true of every request that AWS ever sees: why this one cannot be, or undefined. */
export type Fact = (situation: Situation) => string | undefined;
