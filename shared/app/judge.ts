import type { Decision, DecisionInput } from '../access/decision.ts';
import type { Grant } from '../access/grant.ts';

interface Statement {
  readonly Principal?: { readonly AWS?: string };
  readonly Action: string;
}

/** Stands in until the decision is merged: accounts outside the zone in Allow statements. */
export function decide({ policies, zone, resource }: DecisionInput): Decision {
  const grants: Grant[] = [];
  for (const { name, text } of policies) {
    let statements: readonly Statement[];
    try {
      statements = (JSON.parse(text) as { Statement: readonly Statement[] }).Statement;
    } catch {
      return { state: 'unjudged', policy: name, reason: 'not JSON' };
    }
    for (const [index, { Principal, Action }] of statements.entries()) {
      const account = /\d{12}/.exec(Principal?.AWS ?? '')?.[0];
      if (account === undefined || zone.accounts.includes(account)) continue;
      grants.push({
        outsider: { type: 'account', account },
        actions: [Action],
        resources: [resource.arn],
        conditions: [],
        statements: [{ policy: name, index }],
        witness: {
          action: Action,
          resource: resource.arn,
          principal: { type: 'AWS', arn: `arn:aws:iam::${account}:role/any` },
          context: {},
        },
        because: 'the statement allows it',
      });
    }
  }
  return { state: 'judged', grants, notes: [] };
}
