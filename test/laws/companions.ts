import { accountOfArn } from '../spec/arn.ts';
import type { Principal } from '../spec/request.ts';
import type { Draft } from './facts.ts';

const ofRunner =
  /^(codebuild:(build|project)arn|ec2:sourceinstancearn|lambda:sourcefunctionarn|ssm:sourceinstancearn)$/i;

/** The ARN in the caller's account, its region and its name without what none of them holds. */
function inAccountOf({ arn }: Extract<Principal, { type: 'AWS' }>, value: string): string {
  const [head = '', partition = '', service = '', region = '', , ...rest] = value.split(':');
  return [head, partition, service, region || 'eu-west-1', accountOfArn(arn), ...rest].join(':');
}

/** What goes with the keys that a request has, as a rule: some of them say something of each other. */
export function withCompanions(context: Draft, principal: Principal, random: () => number): Draft {
  if (random() < 0.15) return context;
  const fitted: Draft = { ...context };
  for (const [key, value] of Object.entries(context)) {
    if (ofRunner.test(key) && principal.type === 'AWS' && typeof value === 'string')
      fitted[key] = inAccountOf(principal, value);
    const [, tag] = /^aws:requesttag\/(.*)$/i.exec(key) ?? [];
    if (tag !== undefined && value !== undefined)
      fitted['aws:TagKeys'] = [...new Set([...[fitted['aws:TagKeys'] ?? []].flat(), tag])];
    if (/^aws:calledvia/i.test(key) && value !== undefined) fitted['aws:ViaAWSService'] = 'true';
  }
  return fitted;
}
