import type { AccountId } from '../iam/arn.ts';
import type { KeyValue } from '../iam/condition.ts';
import { type KeyType, keyFacts } from '../iam/context-key.ts';
import { remembering } from '../iam/memory.ts';
import type { Caller, Network } from './caller.ts';
import type { Clock } from './clock.ts';
import type { UrlCallers } from './function-url.ts';
import { classes, many, one, type Pattern, shape } from './pattern.ts';

/** The values that a key can have in the request of one caller. */
export type Domain =
  | { readonly state: 'fixed'; readonly value: KeyValue }
  | {
      readonly state: 'open';
      /** Whether every such request carries the key. */
      readonly presence: 'always' | 'optional';
      readonly type: KeyType;
      readonly multiValued: boolean;
      /** Values to try first. */
      readonly fresh: readonly string[];
      /** What all values look like, as far as those that conditions name tell them apart; undefined for any text. */
      readonly shape: ((named: readonly string[]) => readonly Pattern[]) | undefined;
      /** The same as a test, where that is quicker than the patterns. */
      readonly accepts: ((text: string) => boolean) | undefined;
    };

/** What is the same in all requests for one resource. */
export interface Scene {
  readonly partition: string;
  readonly owner: AccountId;
  /** Of the resource. */
  readonly arn: string;
  readonly ownerOrganization: string | undefined;
  /** The ARN of the resource where it is an access point itself. */
  readonly accessPoint: string | undefined;
  readonly clock: Clock;
  readonly urlCallers: UrlCallers;
}

/** What is settled of the request before its keys are. */
export interface Setting {
  readonly caller: Caller;
  readonly network: Network;
  readonly scene: Scene;
  readonly action: string;
  /** The ARNs that the action is called on. */
  readonly resource: Domain;
  /** Permissions of which the call makes no use: it passes nothing to the session that takes one of them. */
  readonly withheld: readonly string[];
}

/** An address that witnesses come from, of a block that is kept for documentation. */
export const usualAddress = '198.51.100.77';

/** An account of which no policy speaks, unless it wants to. */
export const strangerAccount = '927461835042';

/** The pseudo key under which the search treats the request's resource. */
export const resourceKey = '$resource';

export const absent: Domain = { state: 'fixed', value: undefined };
export const fixed = (value: KeyValue): Domain => ({ state: 'fixed', value });

/** Texts of one class of characters: the class, and the test that says the same. */
function textOf(code: number, accepts: (text: string) => boolean) {
  const patterns: readonly Pattern[] = [shape(one(code), many(code))];
  return { shape: () => patterns, accepts } as const;
}

/** The shape of the names of resources. */
export const plainText = textOf(classes.writable, (text) => /^[ -)+->@-~\u00a0-\uffff]+$/.test(text));

/** The shape of tags and of names that are made like them. */
const tagText = textOf(classes.tagCharacter, (text) => /^[ -#%-)+->@-~\u00a0-\uffff]+$/.test(text));

/**
 * Names and tags, which hold no wildcards and no dollar signs.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 */
const named =
  /^(?:aws:(?:principal|request|resource)tag\/|aws:username$|aws:sourceidentity$|sts:(?:rolesessionname|externalid|sourceidentity)$)/;

/** What a key has when nothing asks for more. */
const usualValues: Readonly<Record<KeyType, readonly string[]>> = {
  text: ['outsider'],
  truth: ['true', 'false'],
  address: [usualAddress],
  number: ['1'],
  date: ['2030-01-01T00:00:00Z'],
};

type Open = Extract<Domain, { state: 'open' }>;

/** What a key can be, whatever the request: any text, or a name. */
const anything = remembering((key): { readonly shapeless: Open; readonly usual: Open } => {
  const { type, multiValued, reach } = keyFacts(key);
  const shapeless: Open = {
    state: 'open',
    presence: 'optional',
    type,
    multiValued,
    fresh: usualValues[type],
    shape: undefined,
    accepts: undefined,
  };
  if (type !== 'text') return { shapeless, usual: shapeless };
  if (named.test(key)) return { shapeless, usual: { ...shapeless, ...tagText } };
  return { shapeless, usual: reach === 'caller' ? { ...shapeless, ...plainText } : shapeless };
});

/** A key that may have any value, or the values that `more` says. */
export function open(key: string, more?: Partial<Open>): Domain {
  const { shapeless, usual } = anything(key);
  if (more === undefined) return usual;
  const { presence, type, multiValued, fresh, shape, accepts } = more.shape === undefined ? usual : shapeless;
  // Spelt out, for it is done for every key of every request.
  return {
    state: 'open',
    presence: more.presence ?? presence,
    type: more.type ?? type,
    multiValued: more.multiValued ?? multiValued,
    fresh: more.fresh ?? fresh,
    shape: more.shape ?? shape,
    accepts: more.accepts ?? accepts,
  };
}
