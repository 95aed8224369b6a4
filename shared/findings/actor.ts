import { parseArn } from '../iam/arn.ts';
import type { Change } from './finding.ts';

type Actor = Change['actor'];

/** What a change was made with, and whether a person or a pipeline made it, as far as the record shows. */
export interface ActorClass {
  readonly tool: string;
  readonly madeBy: 'person' | 'pipeline' | 'service' | 'unknown';
}

/** User agents by what they begin with or hold. The caller writes them: they help to find, and prove nothing. */
const tools: readonly (readonly [tool: string, form: RegExp])[] = [
  ['terraform', /terraform|opentofu|hashicorp/i],
  ['pulumi', /pulumi/i],
  ['cdk', /\baws-cdk|cdk-/i],
  ['cloudformation', /^cloudformation\.amazonaws\.com/i],
  ['github-actions', /github-?actions/i],
  ['console', /console\.amazonaws\.com|signin\.amazonaws\.com|^coral\/|aws-internal\/|^mozilla\//i],
  ['service', /\.amazonaws\.com$|^aws internal$/i],
  ['cli', /aws-cli|aws-shell|awspowershell/i],
  ['sdk', /aws-sdk|boto/i],
];

const pipelineTools = ['terraform', 'pulumi', 'cdk', 'cloudformation', 'github-actions'];

const pipelineNames =
  /github|gitlab|jenkins|buildkite|circleci|codebuild|codepipeline|atlantis|terraform|spacelift|argocd|pipeline|deploy|\bcicd\b|\bci\b/i;

/** Role and session of `assumed-role/ROLE/SESSION`, or `user/NAME`. */
const namesOf = (principal: string) => (parseArn(principal)?.resource ?? principal).split('/');

/**
 * What kind of actor changed something. A session of IAM Identity Center, a root user and a browser are persons; the
 * tools that build from code, and roles and sessions that bear a pipeline's name, are pipelines.
 */
export function classifyActor({ principal, userAgent = '' }: Actor): ActorClass {
  const tool = tools.find(([, form]) => form.test(userAgent))?.[0] ?? 'unknown';
  const [type = '', role = '', session = ''] = namesOf(principal);
  if (role.startsWith('AWSReservedSSO_') || type === 'root' || tool === 'console')
    return { tool, madeBy: 'person' };
  if (pipelineTools.includes(tool) || pipelineNames.test(role) || pipelineNames.test(session))
    return { tool, madeBy: 'pipeline' };
  return { tool, madeBy: tool === 'service' ? 'service' : 'unknown' };
}
