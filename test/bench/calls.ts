import { cases, placeOf, readingOf, replaying } from '../kinds/recorded.ts';

/** What reading costs: by kind, the calls of the recorded case and the resources that it lists. */
export async function benchCalls(): Promise<Readonly<Record<string, object>>> {
  const costs: Record<string, object> = {};
  for (const [folder, kind, { region }] of cases) {
    const place = placeOf(kind, region);
    const { open, asked } = replaying(folder, place);
    const connection = await kind.connect(open, place);
    let resources = 0;
    let listing = 0;
    for await (const item of kind.list(connection, place)) {
      resources += 1;
      const before = asked.length;
      await readingOf(kind, connection, item, place);
      listing -= asked.length - before;
    }
    listing += asked.length;
    const each = (asked.length - listing) / Math.max(resources, 1);
    costs[kind.id] = { resources, listing, callsPerResource: Number(each.toFixed(2)) };
  }
  return costs;
}
