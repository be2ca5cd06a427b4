// What each bundle may hold, read from esbuild's metafiles.
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './setup/root.mjs';
import { glob } from './testing/glob.mjs';

/** @typedef {import('esbuild').Metafile} Metafile */
/** @typedef {{ name: string, inputs: string[], externals: string[] }} Bundle */

/** @type {Record<string, { only: string[] }>} what is found in the named bundles and in no other */
const confined = {
  vscode: { only: ['extension'] },
  typescript: { only: ['analyst'] },
  '@lezer/python': { only: ['analyst-python'] },
  piscina: { only: ['runner'] },
};

/** Gzipped bytes that a page's parts may have when built for production. */
const limits = { 'dist/panel/panel.js': 45 * 1024, 'dist/panel/panel.css': 6 * 1024 };

/**
 * @param {{ production?: boolean }} [options] production: hold the panel to its size limits
 * @returns {Promise<string[]>} one sentence for each thing that is wrong
 */
export async function bundleFindings({ production = false } = {}) {
  const bundles = await Promise.all((await glob('dist/meta', /\.json$/)).map(readBundle));
  if (bundles.length === 0) return ['There are no bundles: npm run build makes them.'];
  return [...bundles.flatMap(contentFindings), ...(production ? await sizeFindings() : [])];
}

/** @param {string} file @returns {Promise<Bundle>} */
async function readBundle(file) {
  /** @type {Metafile} */
  const { outputs } = JSON.parse(await readFile(path.join(root, file), 'utf8'));
  const all = Object.values(outputs);
  return {
    name: path.basename(file, '.json'),
    inputs: all.flatMap((output) => Object.keys(output.inputs)),
    externals: all.flatMap((output) => output.imports).filter(({ external }) => external).map((it) => it.path),
  };
}

/** @param {Bundle} bundle @returns {string[]} */
export function contentFindings(bundle) {
  const findings = Object.entries(confined)
    .filter(([name, { only }]) => holds(bundle, name) && !only.includes(bundle.name))
    .map(([name, { only }]) => `The ${bundle.name} bundle holds ${name}; only ${only} may.`);
  const builtins = bundle.externals.filter((name) => name.startsWith('node:') || builtinModules.includes(name));
  if (bundle.name === 'panel' && builtins.length > 0) findings.push(`The panel runs in a page, and imports ${builtins}.`);
  return findings;
}

/** @param {Bundle} bundle @param {string} name of a package */
const holds = ({ inputs, externals }, name) =>
  externals.includes(name) || inputs.some((input) => input.includes(`node_modules/${name}/`));

async function sizeFindings() {
  const sizes = await Promise.all(
    Object.entries(limits).map(async ([file, limit]) => {
      const bytes = gzipSync(await readFile(path.join(root, file)), { level: 9 }).length;
      const said = `${file}: ${kilobytes(bytes)} gzipped, of ${kilobytes(limit)} at most`;
      console.log(`  ${said}`);
      return bytes > limit ? [`Too big: ${said}.`] : [];
    }),
  );
  return sizes.flat();
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
