import { join } from 'node:path';
import type { RunnerStart } from '../runner-process';
import { pythonEnvironment } from './environment';

/**
 * How the runner is started. Its outermost process holds no user code, and takes nothing from the user's settings or
 * the workspace (`-I -S`); it starts the one that does, plainly.
 */
export function startPython(path: string, dist: string, env: NodeJS.ProcessEnv, log: RunnerStart['log']): RunnerStart {
  return {
    program: path,
    args: ['-I', '-S', join(dist, 'runner', 'python', 'conductor.py')],
    env: pythonEnvironment(env),
    nextStep: 'Choose another Python in the setting "corewise.pythonPath".',
    log,
  };
}
