import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project that is measured: this one, or another checkout where two are compared. */
const project = process.env.COREWISE_PROJECT ?? fileURLToPath(new URL('../..', import.meta.url));

export const dist = join(project, 'dist');
export const engineFile = join(project, 'out/bench/engine.cjs');

/** Bundles the engine by itself: in dist/ it is a part of the extension and of the command line. */
export async function buildEngine() {
  const { build } = await import('esbuild');
  const entryPoints = [join(project, 'src/session/create-engine.ts')];
  await build({ entryPoints, outfile: engineFile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'error' });
}
