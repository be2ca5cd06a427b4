import { capture } from './capture.mjs';

/**
 * Runs npm with its output kept back unless it fails.
 * @param {string[]} args constants of ours only: on Windows they pass a shell
 * @param {string} cwd
 */
export async function npm(args, cwd) {
  const windows = process.platform === 'win32';
  const { code, output } = await capture(windows ? 'npm.cmd' : 'npm', [...args, '--loglevel=error'], { cwd, shell: windows });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed with code ${code}:\n${output}`);
}
