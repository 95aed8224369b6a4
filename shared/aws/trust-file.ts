import type { TrustConfig } from '../config/trust.ts';
import { InputError } from '../errors.ts';
import { usualOverdueDays } from '../findings/gap.ts';
import { oneLine } from '../findings/one-line.ts';
import type { Bucket } from './bucket.ts';

/** trust.yml as it is in force; `problem` says in one line why that is not the newest one. */
export interface TrustInForce {
  readonly trust: TrustConfig;
  readonly problem?: string;
}

const newest = 'trust.yml';
const lastGood = 'trust.last-good.yml';

const nothing: TrustConfig = {
  accounts: [],
  organizations: [],
  organizationPaths: [],
  federatedTenants: [],
  expected: [],
  boundaries: [],
  vendors: [],
  watch: { deployers: [], overdueDays: usualOverdueDays },
};

/** Loads the YAML parser only where there is YAML: it takes longer to load than the rest of a function. */
async function parse(text: string): Promise<TrustConfig | InputError> {
  const { loadTrust } = await import('../config/trust.ts');
  try {
    return loadTrust(text, newest);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** Keeps a good one under its second name, for the day that the newest is broken. */
async function keep(bucket: Bucket, text: string): Promise<void> {
  const kept = await bucket.read(lastGood);
  if (kept.state !== 'found' || kept.text !== text) await bucket.write(lastGood, text, 'application/yaml');
}

async function fallBack(bucket: Bucket, error: InputError): Promise<TrustInForce> {
  const kept = await bucket.read(lastGood);
  const good = kept.state === 'found' ? await parse(kept.text) : undefined;
  const instead =
    good === undefined || good instanceof InputError ? 'the organization alone' : 'the last good one';
  return {
    trust: good === undefined || good instanceof InputError ? nothing : good,
    problem: oneLine(`${instead} is in force: ${error.message}`, 400),
  };
}

/** Reads trust.yml of the bucket, again only when it has changed. Without one, the organization is the zone. */
export function trustFile(bucket: Bucket): () => Promise<TrustInForce> {
  let known: { readonly tag: string; readonly inForce: TrustInForce } | undefined;
  return async () => {
    const read = await bucket.read(newest, known?.tag);
    if (read.state === 'unchanged' && known !== undefined) return known.inForce;
    if (read.state !== 'found') return { trust: nothing };
    const trust = await parse(read.text);
    if (!(trust instanceof InputError)) await keep(bucket, read.text);
    const inForce = trust instanceof InputError ? await fallBack(bucket, trust) : { trust };
    known = { tag: read.tag, inForce };
    return inForce;
  };
}
