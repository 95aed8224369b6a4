import * as z from 'zod/mini';
import { InputError } from '../errors.ts';
import { isAccountId } from '../iam/arn.ts';
import type { Vendor } from './trust-schema.ts';
import { readYaml } from './yaml-source.ts';

const shape = z.array(z.object({ name: z.string(), accounts: z.array(z.string()) }));

/**
 * A register of vendors in the form of https://github.com/fwdcloudsec/known_aws_accounts (`accounts.yaml`): a list of
 * names with their accounts. It is somebody else's: further keys, and what is no account id, are passed over.
 * @throws InputError for text that is no such list
 */
export function loadVendors(text: string, fileName: string): readonly Vendor[] {
  const { data, error } = shape.safeParse(readYaml(text, fileName).value);
  if (error !== undefined)
    throw new InputError(fileName, 'not a register of vendors', 'give a list of `name` and `accounts`');
  return data.map(({ name, accounts }) => ({ name, accounts: accounts.filter(isAccountId) }));
}
