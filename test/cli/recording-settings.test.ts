import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRecordingSettings, writeRecordingSettings } from '../../shared/cli/recording-settings.ts';

const settings = { region: 'eu-west-1', roleName: 'trustwatch-audit', externalId: 'x-1' };

test('a replay asks as the recording was asked', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'recording-')), 'new');
  await writeRecordingSettings(folder, settings);
  expect(readRecordingSettings(folder)).toEqual(settings);
});

test('a second recording into one folder is refused: its older answers would be given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  await writeRecordingSettings(folder, settings);
  await expect(writeRecordingSettings(folder, settings)).rejects.toThrow(
    `${folder}: there is a recording already; name a new folder`,
  );
});

test.each(['not json', '{"region":1}'])('broken settings are named: %s', (text) => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  writeFileSync(join(folder, 'settings.json'), text);
  expect(() => readRecordingSettings(folder)).toThrow(
    /settings\.json: not .*; record the organization again/,
  );
});
