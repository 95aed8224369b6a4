import type { Fault } from './resources.ts';

/** The organization of the demo: Acme, a shop with a data platform. All numbers are those of examples. */
export const organization = 'o-exampleorg1';

export const management = '111122223333';
export const security = '444455556666';
export const logArchive = '777788889999';
export const network = '111111111111';
export const shared = '222222222222';
export const paymentsProd = '333333333333';
export const paymentsStaging = '444444444444';
export const shopProd = '555555555555';
export const shopStaging = '666666666666';
export const dataPlatform = '777777777777';
export const research = '888888888888';
export const sandbox = '123456789012';
export const legacyErp = '101010101010';
export const oldLab = '121212121212';

/** Accounts of others. The first two stand in examples/trust.yml. */
export const backupVendor = '999999999999';
export const analyticsPartner = '012345678901';
export const monitoringVendor = '210987654321';
export const formerContractor = '098765432109';
export const subsidiary = 'o-exampleorg99';

const denied = (action: string): Fault['error'] => ({
  name: 'AccessDeniedException',
  message: `User: arn:aws:sts::${research}:assumed-role/trustwatch-audit/trustwatch is not authorized to perform: ${action} with an explicit deny in a service control policy`,
});

interface AccountDescription {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly state?: 'SUSPENDED';
  readonly faults?: readonly Fault[];
  readonly auditRole?: 'missing';
}

export const accounts: readonly AccountDescription[] = [
  { id: management, name: 'acme-management', unit: '' },
  { id: security, name: 'acme-security', unit: 'ou-ab12-11111111/' },
  { id: logArchive, name: 'acme-log-archive', unit: 'ou-ab12-11111111/' },
  { id: network, name: 'acme-network', unit: 'ou-ab12-22222222/' },
  { id: shared, name: 'acme-shared-services', unit: 'ou-ab12-22222222/' },
  { id: paymentsProd, name: 'acme-payments-prod', unit: 'ou-ab12-33333333/' },
  { id: paymentsStaging, name: 'acme-payments-staging', unit: 'ou-ab12-44444444/' },
  { id: shopProd, name: 'acme-shop-prod', unit: 'ou-ab12-33333333/' },
  { id: shopStaging, name: 'acme-shop-staging', unit: 'ou-ab12-44444444/' },
  { id: dataPlatform, name: 'acme-data-platform', unit: 'ou-ab12-33333333/' },
  {
    id: research,
    name: 'acme-ml-research',
    unit: 'ou-ab12-44444444/',
    faults: [{ call: 'SecretsManager.ListSecrets', error: denied('secretsmanager:ListSecrets') }],
  },
  {
    id: sandbox,
    name: 'acme-sandbox',
    unit: 'ou-ab12-55555555/',
    faults: [
      {
        call: 'Lambda.ListFunctions',
        region: 'eu-west-1',
        error: { name: 'TooManyRequestsException', message: 'Rate exceeded' },
      },
    ],
  },
  { id: legacyErp, name: 'acme-legacy-erp', unit: 'ou-ab12-55555555/', auditRole: 'missing' },
  { id: oldLab, name: 'acme-old-lab', unit: 'ou-ab12-55555555/', state: 'SUSPENDED' },
];
