import { readdirSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { kinds } from '../../shared/kinds/index.ts';
import { plants } from '../e2e/kind-plants/index.ts';

const folder = 'shared/kinds';

test('every file that defines a kind is in the list, which is sorted by id', () => {
  const defining = readdirSync(folder).filter((file) =>
    /^export const \w+ = defineKind\(/m.test(readFileSync(`${folder}/${file}`, 'utf8')),
  );
  const ids = kinds.map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
  expect(defining.sort()).toEqual(ids.map((id) => `${id.replace(':', '-')}.ts`).sort());
});

test('listing the kinds loads no SDK', async () => {
  const { metafile } = await build({
    entryPoints: [`${folder}/index.ts`],
    bundle: true,
    packages: 'external',
    format: 'esm',
    metafile: true,
    write: false,
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const packages = imports.filter(({ external }) => external);
  const eager = packages.filter(({ kind }) => kind !== 'dynamic-import').map(({ path }) => path);
  expect(eager).toEqual([]);
  expect(packages.length).toBeGreaterThanOrEqual(kinds.length);
});

test('every kind names an https page, actions without wildcards, and events that look like CloudTrail', () => {
  for (const { id, documentation, permissions, events } of kinds) {
    expect(id).toMatch(/^[a-z0-9-]+:[a-z-]+$/);
    expect(documentation).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    for (const action of permissions) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]+$/);
    for (const { source } of events) expect(source).toMatch(/^[a-z0-9-]+\.amazonaws\.com$/);
  }
});

test('the kinds that say so are those that the end-to-end tests plant', () => {
  expect(kinds.filter(({ proof }) => proof === 'wire').map(({ id }) => id)).toEqual(
    Object.keys(plants).sort(),
  );
});
