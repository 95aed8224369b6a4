import type { Membership } from './caller.ts';
import { absent, type Domain, open } from './domain.ts';
import { classes, many, one, type Pattern, shape } from './pattern.ts';

const deepest = 5;
const word = [one(classes.lowerOrDigit), many(classes.lowerOrDigit)];
const unit = [...shape('ou-'), one(classes.unitCharacter), many(classes.unitCharacter), ...shape('/')];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path */
function pathsIn(organization: Pattern): readonly Pattern[] {
  const root = [...organization, ...shape('/r-'), ...word, ...shape('/')];
  return Array.from({ length: deepest + 1 }, (_, depth) => [
    ...root,
    ...Array.from({ length: depth }, () => unit).flat(),
  ]);
}

/** The paths of accounts in an organization: one path an account. */
export function pathDomain(key: string, membership: Membership | undefined): Domain {
  if (membership === undefined) return absent;
  const { organization } = membership;
  return open(key, {
    presence: 'always',
    multiValued: true,
    fresh: [`${organization}/r-zq81/ou-zq81-7f2mxk81/`],
    shape: () => pathsIn(shape(organization)),
  });
}

/** The paths of an account of which it is not known whether it is in an organization, and in which. */
export const anyPath = (key: string): Domain =>
  open(key, {
    multiValued: true,
    fresh: ['o-zq81xk7f2m/r-zq81/ou-zq81-7f2mxk81/'],
    shape: () => pathsIn([...shape('o-'), ...word]),
  });
