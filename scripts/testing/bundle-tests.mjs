import { build, stop } from 'esbuild';
import { glob } from './glob.mjs';
import { root } from '../setup/root.mjs';

/**
 * Bundles every test file of a folder of test/ into one file of out/test/, with the sources that it tests.
 * @param {string} folder such as `unit` or `vscode/trusted`
 * @returns {Promise<string[]>} the bundles, one per `*.test.ts` or `*.test.tsx`
 */
export async function bundleTests(folder) {
  const sources = await glob(`test/${folder}`, /\.test\.tsx?$/);
  if (sources.length > 0) await bundle(sources);
  return sources.map((source) => source.replace(/^test/, 'out/test').replace(/\.tsx?$/, '.js'));
}

/** @param {string[]} sources below test/ */
export async function bundle(sources) {
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    absWorkingDir: root,
    entryPoints: sources,
    outdir: 'out/test',
    outbase: 'test',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'linked',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.svg': 'text' },
    logLevel: 'warning',
  };
  await build(options).finally(stop); // Else esbuild's own process would count as left running.
}
