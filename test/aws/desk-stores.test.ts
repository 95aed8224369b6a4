import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileStore } from '../../shared/aws/file-store.ts';
import { memoryAlertBook } from '../../shared/aws/memory-alert-book.ts';
import { memoryStore } from '../../shared/aws/memory-store.ts';
import { transitions } from '../../shared/findings/transitions.ts';
import { bucket, grant, presentLook, role, unreadLook } from '../findings/samples.ts';
import { alertBookContract } from './alert-book-contract.ts';
import { storeContract } from './store-contract.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'deep', 'trustwatch.jsonl');

storeContract('the store in memory', () => memoryStore());
storeContract('the store in a file', () => openFileStore(newFile()));

test('the file holds what was settled, and nothing lies beside it', async () => {
  const file = newFile();
  const store = openFileStore(file);
  await store.settle(presentLook(bucket, 1, [grant()]));
  await store.settle(unreadLook(role, 1));
  await store.save();
  const again = openFileStore(file);
  expect(await again.read(bucket)).toEqual(await store.read(bucket));
  expect(await again.read(role)).toEqual(await store.read(role));
  expect(readdirSync(join(file, '..'))).toEqual(['trustwatch.jsonl']);
});

test('a file that is no store, or has a broken line, is refused with its line', async () => {
  const file = newFile();
  await openFileStore(file).save();
  const head = readFileSync(file, 'utf8');
  writeFileSync(file, `${head}{"subject":{}`);
  expect(() => openFileStore(file)).toThrow(`${file}:2: not JSON`);
  writeFileSync(file, `${head}{"subject":{}}\n`);
  expect(() => openFileStore(file)).toThrow(`${file}:2: not a record`);
  writeFileSync(file, '{"findings":[]}\n');
  expect(() => openFileStore(file)).toThrow(`${file}:1: not a store of the form \`trustwatch.store/1\``);
});

test('each write is told once, with the record before and after', async () => {
  const told: string[] = [];
  const store = memoryStore((before, after) =>
    told.push(...transitions(before, after).map(({ status }) => status)),
  );
  await store.settle(presentLook(bucket, 1, [grant()]));
  await store.settle(presentLook(bucket, 1, [grant()]));
  await store.settle(presentLook(bucket, 2, []));
  expect(told).toEqual(['new', 'resolved']);
});

alertBookContract('the alert book in memory', memoryAlertBook);
