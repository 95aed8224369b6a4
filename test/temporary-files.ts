import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What tests write down goes into one folder, which is gone when they are done. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'trustwatch-test-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
