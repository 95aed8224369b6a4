import { isAccountId } from '../iam/arn.ts';
import type { Clock } from './clock.ts';
import type { Decision, DecisionInput, PolicyText } from './decision.ts';
import { wordsOf } from './name.ts';
import { type Form, filled, formOf } from './renaming.ts';
import { looksAtSpelling } from './spelling.ts';
import { type IsKnown, namesBy, piecesOf, type Template, templateOf } from './template.ts';
import type { Zone } from './zone.ts';

/** Longer questions seldom differ in names alone. */
const longest = 8_192;

/** Above so many kinds and lengths of questions, the memory starts anew. */
const mostAnswers = 1_024;
const mostTemplates = 8;
/** Answers that so often differ in more than the names of their questions will do so again. */
const mostFailures = 8;
/** Answers of more grants and notes than these are large to keep, and seldom alike. */
const mostSaid = 32;

/** What a zone's questions may cost to learn from, in characters, before answers have come of it. */
const firstCredit = 65_536;
/** So many answers by what was learnt pay for learning from one more question as long. */
const answersPerLesson = 16;
/** So many characters of questions are kept; beyond them the memory starts anew. */
const mostKept = 1_048_576;

type Judged = Extract<Decision, { state: 'judged' }>;

/** What the questions of one kind and length were answered. */
interface Answers {
  readonly made: { readonly template: Template; readonly form: Form }[];
  /** The last question by no template. */
  last: { readonly question: string; readonly decision: Judged } | undefined;
  failures: number;
}

/** What has been answered in one zone. */
interface Memory {
  readonly isKnown: IsKnown;
  readonly answers: Map<string, Answers>;
  /** What learning may cost yet, in characters. */
  credit: number;
  /** The characters of the questions kept. */
  kept: number;
}

function memoryOf(zone: Zone): Memory | undefined {
  const text = JSON.stringify(zone);
  if (piecesOf(text).length > 0) return undefined;
  const words = wordsOf(text);
  // A zone holds thousands of accounts and few other words: most names are looked for among those few.
  const accounts = new Set(words.filter(isAccountId));
  const others = new Set(words.filter((word) => !isAccountId(word)));
  const isKnown = (word: string) => (isAccountId(word) ? accounts : others).has(word);
  return { isKnown, answers: new Map(), credit: firstCredit, kept: 0 };
}

const memories = new WeakMap<Zone, Memory | 'once' | 'none'>();

/** The memory of a zone, from its second question on; none where the zone has globs that names may match in part. */
function memoryFor(zone: Zone): Memory | undefined {
  const before = memories.get(zone);
  if (typeof before === 'object') return before;
  if (before === undefined) memories.set(zone, 'once');
  if (before !== 'once') return undefined;
  const memory = memoryOf(zone);
  memories.set(zone, memory ?? 'none');
  return memory;
}

const holdsQuote = (text: string) => text.includes('"');

/** Named policies, as JSON strings and texts, and where each ends; undefined where one is of a part of the resource. */
function told(policies: readonly PolicyText[]): string | undefined {
  let texts = '';
  for (let i = 0; i < policies.length; i += 1) {
    const { name, text, attachedTo } = policies[i] as PolicyText;
    if (attachedTo !== undefined || holdsQuote(name)) return undefined;
    texts += ` "${name}" ${text.length} ${text}`;
  }
  return texts;
}

/** All that an answer depends on but for the zone and the time; undefined where that is too much. */
function questionOf(input: DecisionInput): string | undefined {
  const { resource, policies, resourceControlPolicies, blockPublicAccess } = input;
  const { kind, owner, arn } = resource;
  const texts = told(policies);
  const controls = resourceControlPolicies === undefined ? '' : told(resourceControlPolicies);
  if (texts === undefined || controls === undefined) return undefined;
  if (texts.length + controls.length > longest || holdsQuote(kind) || holdsQuote(owner) || holdsQuote(arn))
    return undefined;
  const block = blockPublicAccess === undefined ? '' : JSON.stringify(blockPublicAccess);
  return `"${kind}" "${owner}" "${arn}" ${block} [${controls}]${texts}`;
}

function answersFor(memory: Memory, key: string): Answers {
  const { answers } = memory;
  const known = answers.get(key);
  if (known !== undefined) return known;
  if (answers.size >= mostAnswers || memory.kept >= mostKept) {
    answers.clear();
    memory.kept = 0;
  }
  const fresh: Answers = { made: [], last: undefined, failures: 0 };
  answers.set(key, fresh);
  return fresh;
}

/** The template, where no name is a word that the answer has from elsewhere: the search, which made it up, would avoid it. */
const withWords = (template: Template, form: Form): Template => ({
  ...template,
  words: new Set([...template.words, ...wordsOf(JSON.stringify(form))]),
});

/** What two questions have in common, with their answers, where these differ in the same names and in nothing else. */
function lessonOf(
  { question: before, decision: answered }: NonNullable<Answers['last']>,
  question: string,
  decision: Judged,
  isKnown: IsKnown,
): Answers['made'][number] | 'failed' | undefined {
  const template = templateOf(before, question, isKnown);
  const names = template && namesBy(template, question, isKnown);
  if (template === undefined || names === undefined) return undefined;
  const form = formOf(answered, template.names);
  const answer = JSON.stringify(decision);
  // A sentence that was cut may have been cut in a name.
  if (answer.includes('…') || JSON.stringify(filled(form, names)) !== answer) return 'failed';
  return { template: withWords(template, form), form };
}

/** Learns from a question and the last one of its kind and length. */
function learn(memory: Memory, key: string, question: string, decision: Judged): void {
  if (memory.credit <= 0 || decision.grants.length + decision.notes.length > mostSaid) return;
  const answers = answersFor(memory, key);
  const { last, made } = answers;
  if (made.length === mostTemplates || answers.failures === mostFailures) return;
  answers.last = { question, decision };
  if (last === undefined) {
    memory.kept += question.length;
    return;
  }
  memory.credit -= question.length;
  const lesson = lessonOf(last, question, decision, memory.isKnown);
  if (lesson === 'failed') answers.failures += 1;
  else if (lesson !== undefined) {
    made.push(lesson);
    memory.kept += question.length;
  }
}

function remembered(memory: Memory, key: string, question: string): Judged | undefined {
  const made = memory.answers.get(key)?.made ?? [];
  for (const { template, form } of made) {
    const names = namesBy(template, question, memory.isKnown);
    if (names === undefined) continue;
    memory.credit = Math.min(firstCredit, memory.credit + question.length / answersPerLesson);
    return filled(form, names) as Judged;
  }
  return undefined;
}

/**
 * The answer to a question by that to others from which it differs in names alone: of accounts, resources, roles. The
 * policies of an organization are made of few templates, and AWS does not look into names. What two questions have in
 * common counts as a template when their answers, each judged by itself, differ in these names and in nothing else.
 */
export function judgeAlike(input: DecisionInput, clock: Clock, judge: () => Decision): Decision {
  const memory = memoryFor(input.zone);
  const question = memory && questionOf(input);
  if (memory === undefined || question === undefined) return judge();
  const key = `${input.resource.kind}${question.length}`;
  const decision = remembered(memory, key, question);
  if (decision !== undefined) return decision;
  const looks = looksAtSpelling();
  const judged = judge();
  const isByNames = !clock.wasRead && looksAtSpelling() === looks;
  if (judged.state === 'judged' && isByNames) learn(memory, key, question, judged);
  return judged;
}
