// Bundles the command line into dist/, so that it starts fast on any Node that the README names.
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { metafile } = await build({
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
  metafile: true,
});

// Parts of former builds have other names.
for (const name of readdirSync('dist'))
  if (!(`dist/${name}` in metafile.outputs)) rmSync(`dist/${name}`, { recursive: true });

// npm makes a command executable when it installs; a later build must do it itself.
chmodSync('dist/trustwatch.js', 0o755);
