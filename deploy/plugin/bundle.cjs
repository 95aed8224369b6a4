const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { build } = require('esbuild');
const { zipSync } = require('fflate');

// Some packages of the SDK are CommonJS and ask for Node's own modules.
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

// The time in an archive is always the same: an unchanged function is the same archive.
const mtime = new Date('2000-01-01T00:00:00');

/**
 * Bundles the functions. What they import lazily, and what they share, stays in files of its own, which are read
 * when they are needed. Source maps lie beside, in .esbuild, and are not deployed.
 */
function bundle(entries, root, out) {
  return build({
    entryPoints: entries.map((entry) => ({ in: join(root, `${entry}.ts`), out: entry })),
    absWorkingDir: root,
    outdir: out,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: 'external',
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    logLevel: 'warning',
  });
}

/** The files that one entry imports, however far, itself included. */
function filesOf(entry, outputs) {
  const files = new Set([entry]);
  for (const file of files)
    for (const { path, external } of outputs[file].imports) if (!external) files.add(path);
  return [...files].sort();
}

/** Writes one archive per function to .serverless, and tells osls of it. Returns their sizes in bytes. */
async function bundleFunctions(service, root) {
  const out = join(root, '.esbuild');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(root, '.serverless'), { recursive: true });
  const functions = service
    .getAllFunctions()
    .map((name) => ({ name, definition: service.getFunction(name) }));
  const entryOf = ({ handler }) => handler.split('.')[0];
  const { metafile } = await bundle(
    functions.map(({ definition }) => entryOf(definition)),
    root,
    out,
  );

  return functions.map(({ name, definition }) => {
    const files = filesOf(`.esbuild/${entryOf(definition)}.mjs`, metafile.outputs);
    const contents = files.map((file) => [
      relative('.esbuild', file),
      [readFileSync(join(root, file)), { mtime }],
    ]);
    const archive = zipSync(Object.fromEntries(contents));
    const artifact = join('.serverless', `${name}.zip`);
    writeFileSync(join(root, artifact), archive);
    definition.package = { artifact };
    return { name, bytes: archive.length };
  });
}

module.exports = { bundle, bundleFunctions };
