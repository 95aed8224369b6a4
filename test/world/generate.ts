import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeEvent } from './change-event.ts';
import { recordWorld } from './record-world.ts';

// Writes examples/organization and examples/change anew: `npx tsx test/world/generate.ts`.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const out = mkdtempSync(join(tmpdir(), 'trustwatch-'));
for (const folder of ['examples/organization', 'examples/change'])
  rmSync(folder, { recursive: true, force: true });
await recordWorld('examples/organization', 'examples/change', out);
writeFileSync('examples/change/event.json', `${JSON.stringify(changeEvent, null, 2)}\n`);
rmSync(out, { recursive: true });
