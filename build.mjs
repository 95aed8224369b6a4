// Bundles the command line into dist/, so that it starts fast on any Node that the README names.
import { build } from 'esbuild';

await build({
  entryPoints: { trustwatch: 'shared/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
