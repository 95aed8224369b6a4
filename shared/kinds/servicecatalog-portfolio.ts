import { defineKind } from './kind.ts';
import { collect, itemsOf } from './pages.ts';
import { arnFrom, knownBy, nameIn, referenceAt } from './reference.ts';
import { sharedWith } from './share.ts';

const portfolioArn = arnFrom('catalog', 'portfolio/');

export const servicecatalogPortfolio = defineKind({
  id: 'servicecatalog:portfolio',
  title: 'Service Catalog portfolio',
  reach: 'regional',
  documentation:
    'https://docs.aws.amazon.com/servicecatalog/latest/adminguide/catalogs_portfolios_sharing_how-to-share.html',
  reads: 'accounts that it is shared with',
  permissions: ['servicecatalog:ListPortfolios', 'servicecatalog:ListPortfolioAccess'],
  events: [
    {
      source: 'servicecatalog.amazonaws.com',
      names: ['CreatePortfolioShare', 'UpdatePortfolioShare', 'DeletePortfolioShare'],
      resource: referenceAt('requestParameters.portfolioId'),
    },
    {
      source: 'servicecatalog.amazonaws.com',
      names: ['DeletePortfolio'],
      resource: referenceAt('requestParameters.id'),
    },
  ],
  errors: { absent: [], gone: ['ResourceNotFoundException'], notUsable: [] },
  accessAnalyzer: false,
  proof: 'wire',

  async connect(open) {
    const sdk = await import('@aws-sdk/client-service-catalog');
    return { sdk, client: open(sdk.ServiceCatalogClient) };
  },

  async *list({ sdk, client }) {
    const pages = sdk.paginateListPortfolios({ client, pageSize: 20 }, {});
    for await (const { ARN: arn } of itemsOf(pages, (page) => page.PortfolioDetails)) if (arn) yield { arn };
  },

  ...knownBy(portfolioArn),

  // Shares with nodes of the organization stay inside it.
  async policy({ sdk, client }, { arn }) {
    const request = { PortfolioId: nameIn(arn, 'portfolio/') };
    const pages = sdk.paginateListPortfolioAccess({ client, pageSize: 100 }, request);
    const names = await collect(itemsOf(pages, (page) => page.AccountIds));
    return sharedWith(names, ['servicecatalog:AcceptPortfolioShare'], arn);
  },
});
