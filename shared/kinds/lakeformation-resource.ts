import type { Resource } from '@aws-sdk/client-lakeformation';
import { formatArn } from '../iam/arn.ts';
import type { Place } from '../iam/place.ts';

/**
 * What a Lake Formation permission is about, as Glue's ARNs; everything where it is told by tags, which may stand on any table.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsglue.html
 */
export function resourceArn(resource: Resource | undefined, place: Place): string {
  const { Catalog, Database, Table, TableWithColumns, DataCellsFilter, DataLocation } = resource ?? {};
  const glue = (name: string, catalog: string | undefined) =>
    formatArn({ ...place, service: 'glue', account: catalog ?? place.account, resource: name });
  if (DataLocation?.ResourceArn) return DataLocation.ResourceArn;
  if (Catalog) return glue('catalog', Catalog.Id);
  if (Database) return glue(`database/${Database.Name ?? '*'}`, Database.CatalogId);
  const table = Table ?? TableWithColumns;
  if (table) return glue(`table/${table.DatabaseName ?? '*'}/${table.Name ?? '*'}`, table.CatalogId);
  if (DataCellsFilter) {
    const { DatabaseName = '*', TableName = '*', TableCatalogId } = DataCellsFilter;
    return glue(`table/${DatabaseName}/${TableName}`, TableCatalogId);
  }
  return '*';
}
