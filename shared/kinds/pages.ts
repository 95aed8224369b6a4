/** The items of every page of an SDK paginator, to the end. */
export async function* itemsOf<Page, Item>(
  pages: AsyncIterable<Page>,
  pick: (page: Page) => readonly Item[] | undefined,
): AsyncGenerator<Item> {
  for await (const page of pages) yield* pick(page) ?? [];
}

/** All that an iterable gives, at once. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
