/**
 * The environment of user code: the user's own, without what an editor adds to its own processes.
 * Its `NODE_OPTIONS` would load the editor's debugger into the runner, and `ELECTRON_RUN_AS_NODE` tells its programs apart.
 */
export function userEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(ELECTRON|VSCODE)_/i.test(name) && name !== 'NODE_OPTIONS');
  // VS Code takes the user's own options out of its way at its start, under another name.
  const options = withoutEditors(env.VSCODE_NODE_OPTIONS ?? env.NODE_OPTIONS ?? '');
  return { ...Object.fromEntries(kept), ...(options === '' ? {} : { NODE_OPTIONS: options }) };
}

/** `--require "…/ms-vscode.js-debug/…/bootloader.js"` and its like. */
const editors = /(?:--require|-r|--import)(?:\s+|=)(?:"[^"]*js-debug[^"]*"|\S*js-debug\S*)\s*/g;

const withoutEditors = (options: string): string => options.replace(editors, '').trim();
