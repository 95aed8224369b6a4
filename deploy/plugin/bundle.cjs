const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { build } = require('esbuild');
const { zipSync } = require('fflate');

// Some packages of the SDK are CommonJS and ask for Node's own modules.
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

// The time in the archive is always the same: an unchanged function is the same archive, which osls does not upload.
const mtime = new Date('2000-01-01T00:00:00');

/**
 * Bundles each function for itself: what it imports lazily stays in files of its own, which are read when they
 * are needed. Source maps lie beside, in .esbuild, and are not deployed.
 */
async function bundleFunctions(service, root) {
  const out = join(root, '.esbuild');
  rmSync(out, { recursive: true, force: true });
  return Promise.all(
    service.getAllFunctions().map(async (name) => {
      const definition = service.getFunction(name);
      const [entry] = definition.handler.split('.');
      const folder = join(out, name);
      await build({
        entryPoints: [{ in: join(root, `${entry}.ts`), out: entry }],
        outdir: folder,
        outExtension: { '.js': '.mjs' },
        chunkNames: 'chunks/[name]-[hash]',
        bundle: true,
        splitting: true,
        minify: true,
        sourcemap: 'external',
        format: 'esm',
        platform: 'node',
        target: 'node20',
        mainFields: ['module', 'main'],
        banner: { js: banner },
        logLevel: 'warning',
      });
      const artifact = join(root, '.serverless', `${name}.zip`);
      const archive = zipSync(modulesOf(folder), { level: 9 });
      mkdirSync(dirname(artifact), { recursive: true });
      writeFileSync(artifact, archive);
      definition.package = { artifact: relative(root, artifact) };
      return { name, bytes: archive.length };
    }),
  );
}

function modulesOf(folder) {
  const files = readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.mjs'))
    .sort();
  return Object.fromEntries(files.map((file) => [file, [readFileSync(join(folder, file)), { mtime }]]));
}

module.exports = { bundleFunctions };
