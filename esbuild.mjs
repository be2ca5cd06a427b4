// Every bundle, from one table. `node esbuild.mjs [--watch] [--production]`
import { context, build } from 'esbuild';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** Oldest runtimes: VS Code 1.100's extension host and the user's own Node are both Node 20. */
const node = { platform: 'node', target: 'node20', format: 'cjs' };

const bundles = [
  { name: 'extension', ...node, entryPoints: { extension: 'src/host/extension.ts' }, external: ['vscode'] },
  { name: 'cli', ...node, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  // The worker thread that reads code, so that the editor's own thread never does: a small file to start with, and one for each
  // language family, loaded when it is needed.
  { name: 'analyst', ...node, entryPoints: { analyst: 'src/session/analyst/thread.ts', 'analyst-core': 'src/session/analyst/core.ts' } },
  { name: 'analyst-python', ...node, entryPoints: { 'analyst-python': 'src/session/analyst/python-core.ts' } },
  {
    name: 'runner',
    ...node,
    entryPoints: {
      'runner/main': 'src/runner/node/main.ts',
      // Piscina looks for its thread's file beside its own, by this name.
      'runner/worker': './node_modules/piscina/dist/worker.js',
      'runner/task': 'src/runner/node/task.ts',
      'runner/monitor': 'src/runner/node/monitor.ts',
    },
    // Piscina's optional native module; it does without it.
    external: ['@napi-rs/nice'],
  },
  // Loaded by the runner as it loads user code.
  {
    name: 'rehearsal',
    ...node,
    format: 'esm',
    entryPoints: { 'runner/rehearsal-1': 'src/runner/node/rehearsal-piece.ts', 'runner/rehearsal-2': 'src/runner/node/rehearsal-piece.ts' },
    outExtension: { '.js': '.mjs' },
  },
  {
    name: 'panel',
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    // The page imports its style, which becomes panel.css beside it.
    entryPoints: { 'panel/panel': 'src/webview/main.tsx' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'text' },
  },
];

const shared = {
  bundle: true,
  outdir: 'dist',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** Builds or watches one bundle; what went into it is kept beside the bundles, for the checks. */
async function make({ name, ...options }) {
  const keepMeta = {
    name: 'keep-meta',
    setup: (it) => it.onEnd(({ metafile }) => metafile && writeFile(`dist/meta/${name}.json`, JSON.stringify(metafile))),
  };
  const all = { ...shared, ...options, plugins: [keepMeta] };
  if (watch) await (await context(all)).watch();
  else await build(all);
}

/** The runner for Python is run as it was written. */
async function copyPython() {
  await rm('dist/runner/python', { recursive: true, force: true });
  const isSource = (/** @type {string} */ path) => !path.endsWith('__pycache__');
  await cp('src/runner/python', 'dist/runner/python', { recursive: true, filter: isSource });
}

// Only a release starts from nothing: a build beside a running editor must not take its files away.
if (production) await rm('dist', { recursive: true, force: true });
await mkdir('dist/meta', { recursive: true });
const made = await Promise.allSettled([...bundles.map(make), copyPython()]);
if (made.some(({ status }) => status === 'rejected')) process.exitCode = 1;
if (watch) console.log('Watching for changes. Press F5 in VS Code to start the extension.');
