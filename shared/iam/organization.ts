/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const organizationId = 'o-[a-z0-9]{10,32}';

/** By its form; how long it is does not matter: one that nobody has is nobody's. */
export const isOrganizationId = (text: string): boolean => /^o-[a-z0-9]+$/.test(text);

/**
 * Whether a text is the path of an organization, of its root or of a unit, with or without a slash, or a slash and a
 * star, at the end. How long its ids are does not matter.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path
 */
export const isOrganizationPath = (text: string): boolean =>
  /^o-[a-z0-9]+(?:\/r-[a-z0-9]+(?:\/ou-[a-z0-9-]+)*)?(?:\/\*?)?$/.test(text);
