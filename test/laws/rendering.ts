import type { DecisionInput } from '../../shared/access/decision.ts';
import { owner } from './cast.ts';
import type { Line } from './conditions.ts';
import type { Draft, Sentence } from './policies.ts';

/** How a policy is spelt where the language leaves a choice. */
export interface Spelling {
  readonly key: (name: string) => string;
  readonly action: (name: string) => string;
  readonly list: (values: readonly string[]) => string | readonly string[];
  /** The values of a condition, before they are written as a list. */
  readonly values: (line: Line) => readonly string[];
}

export const plain: Spelling = {
  key: (name) => name,
  action: (name) => name,
  list: (values) => values,
  values: ({ values }) => values,
};

/** Lines with the same operator and key would overwrite each other in JSON: the first stands. */
function conditionBlock(
  lines: readonly Line[],
  { key, list, values }: Spelling,
): Record<string, Record<string, unknown>> {
  const block: Record<string, Record<string, unknown>> = {};
  for (const line of lines) {
    const keys = block[line.operator] ?? {};
    block[line.operator] = key(line.key) in keys ? keys : { ...keys, [key(line.key)]: list(values(line)) };
  }
  return block;
}

function statementJson({ effect, who, actions, resources, lines }: Sentence, spelling: Spelling) {
  const element =
    who.element === '*'
      ? '*'
      : Object.fromEntries(
          Object.entries(who.element).map(([type, values]) => [type, spelling.list(values)]),
        );
  return {
    Effect: effect,
    [who.not ? 'NotPrincipal' : 'Principal']: element,
    [actions.not ? 'NotAction' : 'Action']: spelling.list(actions.names.map(spelling.action)),
    ...(resources && { [resources.not ? 'NotResource' : 'Resource']: spelling.list(resources.names) }),
    ...(lines.length > 0 && { Condition: conditionBlock(lines, spelling) }),
  };
}

function policyJson(version: string, sentences: readonly Sentence[], spelling: Spelling): string {
  const statements = sentences.map((sentence) => statementJson(sentence, spelling));
  const single = statements.length === 1 && spelling !== plain;
  return JSON.stringify({ Version: version, Statement: single ? statements[0] : statements });
}

/** The question that a draft asks. */
export function inputOf(draft: Draft, spelling: Spelling = plain): DecisionInput {
  const { kind, version, sentences, controls, part, acl, block, zone } = draft;
  const settings = Object.fromEntries(block);
  return {
    resource: { kind: kind.id, arn: kind.arn, owner },
    policies: [
      {
        name: 'policy',
        text: policyJson(version, sentences, spelling),
        ...(kind.part && part.length > 0 && { attachedTo: kind.part.rest }),
      },
      ...(kind.part && part.length > 0
        ? [
            {
              name: kind.part.name,
              text: policyJson(version, part, spelling),
              attachedTo: [kind.part.arn],
            },
          ]
        : []),
      ...(acl.length > 0 ? [{ name: 'acl', text: policyJson('2012-10-17', acl, spelling) }] : []),
    ],
    ...(controls.length > 0 && {
      resourceControlPolicies: [{ name: 'control', text: policyJson('2012-10-17', controls, spelling) }],
    }),
    ...(block.length > 0 && {
      blockPublicAccess: {
        blockPublicAcls: false,
        blockPublicPolicy: false,
        ignorePublicAcls: settings.ignorePublicAcls ?? false,
        restrictPublicBuckets: settings.restrictPublicBuckets ?? false,
      },
    }),
    zone,
  };
}
