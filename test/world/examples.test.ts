import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeEvent } from './change-event.ts';
import { recordWorld } from './record-world.ts';

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('examples/ holds what the generator writes: `npx tsx test/world/generate.ts` after a change of it or of a kind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'world-'));
  const [organization, change] = [join(folder, 'organization'), join(folder, 'change')];
  await recordWorld(organization, change, join(folder, 'out'));
  expect(contents(organization)).toEqual(contents('examples/organization'));
  const { 'event.json': event, ...overlay } = contents('examples/change');
  expect(contents(change)).toEqual(overlay);
  expect(JSON.parse(event ?? '')).toEqual(changeEvent);
});

test('the recording names no account, address or key but those of examples', () => {
  const text = Object.values(contents('examples/organization')).join('');
  for (const [id = ''] of text.matchAll(/(?<![\w-])\d{12}(?![\w-])/g))
    expect(id).toMatch(
      /^((\d)\2{11}|111122223333|444455556666|777788889999|1[02]1[02]1[02]1[02]1[02]1[02]|123456789012|012345678901|210987654321|098765432109)$/,
    );
  expect(text).not.toMatch(/AKIA|ASIA|SecretAccessKey":"(?!REDACTED)/);
});
