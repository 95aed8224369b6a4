import { serviceOfKind } from '../iam/action-catalog.ts';
import { underResourceControlPolicies } from '../iam/service.ts';
import type { Kind, KindEvents } from '../kinds/kind.ts';

/** A kind as data, for `trustwatch kinds --json`. */
export interface KindDescription {
  readonly id: string;
  readonly title: string;
  readonly reach: Kind['reach'];
  readonly reads: string;
  readonly documentation: string;
  /** IAM actions that reading it needs. */
  readonly actions: readonly string[];
  readonly events: readonly Pick<KindEvents, 'source' | 'names'>[];
  readonly accessAnalyzer: boolean;
  readonly resourceControlPolicies: boolean;
  readonly proof: Kind['proof'];
}

/** Whether resource control policies reach what is done with resources of the kind. */
function isControlled({ id }: Kind): boolean {
  return underResourceControlPolicies(`${serviceOfKind(id) ?? id.split(':')[0]}:*`);
}

/** The kinds as data, in their order. */
export function describeKinds(kinds: readonly Kind[]): readonly KindDescription[] {
  return kinds.map((kind) => ({
    id: kind.id,
    title: kind.title,
    reach: kind.reach,
    reads: kind.reads,
    documentation: kind.documentation,
    actions: kind.permissions,
    events: kind.events.map(({ source, names }) => ({ source, names })),
    accessAnalyzer: kind.accessAnalyzer,
    resourceControlPolicies: isControlled(kind),
    proof: kind.proof,
  }));
}

const heading = [
  '| kind | what is read | seen | AWS Access Analyzer | resource control policies | proved on |',
  '| --- | --- | --- | --- | --- | --- |',
];

/** The README's table of kinds, as Markdown. */
export function coverageTable(kinds: readonly Kind[]): string {
  const yes = (claim: boolean) => (claim ? 'yes' : '');
  const rows = kinds.map((kind) => {
    const seen = kind.events.length > 0 ? 'on change and by audit' : 'by audit';
    const name = `[\`${kind.id}\`](${kind.documentation})`;
    const proof = kind.proof === 'wire' ? 'an emulator' : 'recorded answers';
    const cells = [name, kind.reads, seen, yes(kind.accessAnalyzer), yes(isControlled(kind)), proof];
    return `| ${cells.join(' | ')} |`;
  });
  return [...heading, ...rows].join('\n');
}
