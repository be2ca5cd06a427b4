/** The slicer and the linker as the analysis thread has them, bundled by themselves. */
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** This project, or another checkout where two are compared. */
const root = process.env.COREWISE_PROJECT ?? fileURLToPath(new URL('../..', import.meta.url));
const outfile = fileURLToPath(new URL('../../out/bench/slicer.cjs', import.meta.url));

export async function loadSlicer() {
  const contents = `
    export { parse } from './src/source/javascript/parse';
    export { readFunctions } from './src/source/javascript/find';
    export { sliceFunction } from './src/source/javascript/slice/slice-function';
    export { link } from './src/session/link/link';
    export { SourceCache } from './src/session/link/sources';`;
  const options = { bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'error', sourcemap: 'inline' };
  await build({ ...options, stdin: { contents, resolveDir: root, loader: 'ts' }, outfile });
  return createRequire(import.meta.url)(outfile);
}
