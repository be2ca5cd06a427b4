import { access, constants, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { createEngine } from '../session/create-engine';
import type { Engine } from '../session/engine';
import { cleanEnvironment } from '../session/node/environment';

/** Lends an engine to `use`, and lets go of everything it started, whatever happens. */
export async function withEngine<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
  const cache = await openCache();
  const engine = createEngine({
    dist: __dirname,
    cache: cache.folder,
    spare: false,
    env: cleanEnvironment(process.env),
    log: (line) => {
      if (process.env.COREWISE_LOG) process.stderr.write(`${line}\n`);
    },
  });
  try {
    return await use(engine);
  } finally {
    await engine.dispose();
    if (cache.temporary) await rm(cache.folder, { recursive: true, force: true });
  }
}

/** The user's cache folder, or one for this time only where that cannot be written. */
async function openCache(): Promise<{ folder: string; temporary: boolean }> {
  try {
    const folder = join(cacheHome(), 'corewise');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    return { folder, temporary: false };
  } catch {
    // A read-only home, as in some containers: linked modules need not outlive the run.
    return { folder: await mkdtemp(join(tmpdir(), 'corewise-')), temporary: true };
  }
}

function cacheHome(): string {
  const { XDG_CACHE_HOME: xdg = '', LOCALAPPDATA: local = '' } = process.env;
  if (process.platform === 'win32' && isAbsolute(local)) return local;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return isAbsolute(xdg) ? xdg : join(homedir(), '.cache');
}
