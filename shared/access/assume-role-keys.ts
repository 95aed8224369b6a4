import { absent, type Domain, open, type Setting } from './domain.ts';
import { classes, many, one, shape } from './pattern.ts';

const call = 'sts:assumerole';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const externalId = open('sts:externalid', {
  shape: () => [
    shape(one(classes.externalCharacter), one(classes.externalCharacter), many(classes.externalCharacter)),
  ],
  accepts: (text) => isExternalId(text),
});

/** Whether a call can bring the text as its external id: two signs or more, no space. */
export const isExternalId = (text: string): boolean => /^[\w+=,.@:/-]{2,1224}$/.test(text);

/** Each of the calls names the session that it opens, and a token's or an assertion's as well. */
const sessionName = open('sts:rolesessionname', {
  presence: 'always',
  shape: () => [shape(one(classes.nameCharacter), one(classes.nameCharacter), many(classes.nameCharacter))],
  accepts: (text) => /^[\w+=,.@-]{2,64}$/.test(text),
});

type Reader = (setting: Setting) => Domain | undefined;

const ofTags = /^(?:aws:(?:tagkeys$|requesttag\/)|sts:transitivetagkeys$)/;

/**
 * The permission that a call needs beside its own to pass what the key says to the session that it opens.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export function permissionFor(key: string): string | undefined {
  if (ofTags.test(key)) return 'sts:TagSession';
  return key === 'sts:sourceidentity' ? 'sts:SetSourceIdentity' : undefined;
}

/**
 * What the calls that assume a role say of the session. How long it lasts is no condition's matter there.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts
 */
export const assumeRoleKeys: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['sts:externalid', ({ action }) => (action.toLowerCase() === call ? externalId : absent)],
  ['sts:rolesessionname', ({ action }) => (action.toLowerCase().startsWith(call) ? sessionName : undefined)],
  ['sts:durationseconds', ({ action }) => (action.toLowerCase().startsWith(call) ? absent : undefined)],
]);
