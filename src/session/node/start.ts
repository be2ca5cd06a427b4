import { join } from 'node:path';
import type { RunnerStart } from '../runner-process';
import type { FoundNode } from './discover';

/** How the runner is started by a Node, which may be the editor's own. */
export function startNode({ path, electron }: Pick<FoundNode, 'path' | 'electron'>, dist: string, env: NodeJS.ProcessEnv, log: RunnerStart['log']): RunnerStart {
  return {
    program: path,
    args: [join(dist, 'runner', 'main.js')],
    env: electron ? { ...env, ELECTRON_RUN_AS_NODE: '1' } : env,
    nextStep: 'Choose another Node in the setting "corewise.nodePath".',
    log,
  };
}
