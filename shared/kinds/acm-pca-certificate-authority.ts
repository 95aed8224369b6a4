import type { Permission } from '@aws-sdk/client-acm-pca';
import { unlessAbsent } from './absence.ts';
import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, referenceAt } from './reference.ts';
import { recipient, sharePolicy } from './share.ts';

const authorityArn = arnFrom('acm-pca', 'certificate-authority/');

/** A permission lets a service issue for one account. Without an account it would for any. */
function permissionStatement({ Principal = '*', SourceAccount, Actions = [] }: Permission, arn: string) {
  const Condition = SourceAccount && { StringEquals: { 'aws:SourceAccount': SourceAccount } };
  return {
    Effect: 'Allow' as const,
    ...recipient(Principal),
    ...(Condition && { Condition }),
    Action: Actions.map((action) => `acm-pca:${action}`),
    Resource: arn,
  };
}

export const acmPcaCertificateAuthority = defineKind({
  id: 'acm-pca:certificate-authority',
  title: 'Private certificate authority',
  reach: 'regional',
  documentation: 'https://docs.aws.amazon.com/privateca/latest/userguide/pca-resource-sharing.html',
  reads: 'resource policy, and permissions of services: who issues certificates of it',
  permissions: [
    'acm-pca:ListCertificateAuthorities',
    'acm-pca:DescribeCertificateAuthority',
    'acm-pca:GetPolicy',
    'acm-pca:ListPermissions',
  ],
  events: [
    {
      source: 'acm-pca.amazonaws.com',
      names: [
        'PutPolicy',
        'DeletePolicy',
        'CreatePermission',
        'DeletePermission',
        'DeleteCertificateAuthority',
        'RestoreCertificateAuthority',
      ],
      resource: referenceAt('requestParameters.resourceArn', 'requestParameters.certificateAuthorityArn'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'recorded',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-acm-pca');
    return { sdk, client: open(sdk.ACMPCAClient) };
  },

  // A deleted one can be restored for some weeks, and issues nothing until then.
  async *list({ sdk, client }) {
    const pages = sdk.paginateListCertificateAuthorities({ client, pageSize: 1000 }, {});
    for await (const { Arn: arn, Status } of itemsOf(pages, (page) => page.CertificateAuthorities))
      if (arn && Status !== 'DELETED') yield { arn };
  },

  async find({ sdk, client }, place, reference) {
    const CertificateAuthorityArn = authorityArn(reference, place);
    if (CertificateAuthorityArn === undefined) return undefined;
    const command = new sdk.DescribeCertificateAuthorityCommand({ CertificateAuthorityArn });
    const { CertificateAuthority: authority } = await client.send(command);
    return authority?.Status === 'DELETED' ? undefined : { arn: CertificateAuthorityArn };
  },

  refersTo: (reference, arn, place) => authorityArn(reference, place) === arn,

  async policy({ sdk, client }, { arn }) {
    const asked = client.send(new sdk.GetPolicyCommand({ ResourceArn: arn }));
    // Said of an authority without a policy, and of one that is gone; the permissions tell these apart.
    const policy = await unlessAbsent(['ResourceNotFoundException'], asked);
    const pages = sdk.paginateListPermissions({ client, pageSize: 1000 }, { CertificateAuthorityArn: arn });
    const permissions = await collect(itemsOf(pages, (page) => page.Permissions));
    const statements = permissions.map((permission) => permissionStatement(permission, arn));
    const policies = [
      ...(policy?.Policy ? [{ name: 'policy', text: policy.Policy }] : []),
      ...(statements.length > 0 ? [sharePolicy('permissions', statements)] : []),
    ];
    return policies.length > 0 ? { policies } : undefined;
  },
});
