import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchBundle } from './bundle.ts';
import { benchDecision } from './bundled.ts';
import { benchCalls } from './calls.ts';
import { benchFindings } from './findings.ts';
import { benchPlace } from './place.ts';
import { benchScale } from './scale.ts';
import { benchStack } from './stack.ts';

const benchmarks = {
  decision: benchDecision,
  bundle: benchBundle,
  calls: benchCalls,
  place: benchPlace,
  scale: benchScale,
  findings: benchFindings,
  stack: benchStack,
} as const;

const file = 'test/bench/results.json';
const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in benchmarks));
if (unknown !== undefined) {
  console.error(
    `there is no benchmark \`${unknown}\`; name some of ${Object.keys(benchmarks).join(', ')}, or none for all`,
  );
  process.exit(2);
}

execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
const results: Record<string, unknown> = {
  machine: { node: process.version, cores: cpus().length, platform: `${process.platform} ${process.arch}` },
};
for (const [name, bench] of Object.entries(benchmarks)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.error(`measuring ${name}`);
  results[name] = await bench();
}
console.log(JSON.stringify(results, null, 2));
// Each benchmark's figures are those of its last run: what is compared was measured in one run.
const kept: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
writeFileSync(file, `${JSON.stringify({ ...kept, ...results }, null, 2)}\n`);
