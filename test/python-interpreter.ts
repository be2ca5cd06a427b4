import { execFileSync } from 'node:child_process';

export interface Interpreter {
  /** The program itself, not a link or a shim that leads to it. */
  readonly path: string;
  readonly version: readonly [major: number, minor: number];
}

const candidates = process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python'];

/**
 * The Python that tests run code with: `PYTHON`, else the one on the PATH.
 * @throws Error where there is none of 3.9 or newer, without which the tests say nothing
 */
export function findPython(): Interpreter {
  const { PYTHON } = process.env;
  for (const name of PYTHON ? [PYTHON] : candidates) {
    const found = ask(name);
    if (found && isAtLeast(found, [3, 9])) return found;
  }
  throw new Error(`The tests need a Python of 3.9 or newer: ${PYTHON ?? candidates.join(', ')} is none. PYTHON can name one.`);
}

export const isAtLeast = ({ version }: Interpreter, [major, minor]: readonly [number, number]): boolean =>
  version[0] > major || (version[0] === major && version[1] >= minor);

function ask(name: string): Interpreter | null {
  const code = 'import json, sys; print(json.dumps([sys.executable, *sys.version_info[:2]]))';
  try {
    const answer = execFileSync(name, ['-I', '-c', code], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 });
    const [path, major, minor] = JSON.parse(answer) as [string, number, number];
    return { path, version: [major, minor] };
  } catch {
    return null;
  }
}
