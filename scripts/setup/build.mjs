import { capture } from './capture.mjs';
import { root } from './root.mjs';

/** @param {string[]} flags of esbuild.mjs */
async function build(...flags) {
  const { code, output } = await capture(process.execPath, ['esbuild.mjs', ...flags], { cwd: root });
  if (code !== 0) throw new Error(`The build failed.\n${output}`);
  if (output) console.log(output.trimEnd());
}

/** @type {Promise<void> | undefined} */
let built;

/** Builds dist/ for development, once a process: with source maps, not minified. */
export const buildBundles = () => (built ??= build());

/** Builds dist/ as it is packaged, in place of the other. */
export async function buildForProduction() {
  built = undefined;
  await build('--production');
}
