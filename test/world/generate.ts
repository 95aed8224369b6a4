import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeEvent } from './change-event.ts';
import { recordWorld } from './record-world.ts';

// Writes examples/organization and examples/change anew: `npx tsx test/world/generate.ts`.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const folder = mkdtempSync(join(tmpdir(), 'trustwatch-'));
const made = { organization: join(folder, 'organization'), change: join(folder, 'change') };
await recordWorld(made.organization, made.change, join(folder, 'out'));
writeFileSync(join(made.change, 'event.json'), `${JSON.stringify(changeEvent, null, 2)}\n`);
for (const [name, from] of Object.entries(made)) {
  rmSync(join('examples', name), { recursive: true, force: true });
  cpSync(from, join('examples', name), { recursive: true });
}
rmSync(folder, { recursive: true });
