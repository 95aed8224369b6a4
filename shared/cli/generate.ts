import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles, withCoverageTable, withSection } from '../catalog/generated-files.ts';
import { messageJsonSchemas } from '../findings/message-schema.ts';
import { severityTable } from '../findings/severity-table.ts';
import { kinds } from '../kinds/index.ts';
import { ownWords } from './own-words.ts';

const files = [
  ...generatedFiles(kinds),
  ...messageJsonSchemas(),
  ['shared/generated/own-words.json', `${JSON.stringify(ownWords(), null, 2)}\n`] as const,
];
for (const [path, content] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const readme = 'README.md';
if (existsSync(readme)) {
  const page = withCoverageTable(readFileSync(readme, 'utf8'), kinds);
  writeFileSync(readme, withSection(page, 'severity', severityTable()));
}
