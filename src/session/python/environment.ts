/**
 * The environment of a Python: the user's own, which is clean of the editor's already, less what steers a debugger of the
 * editor into every Python and what belongs to another program's own start.
 */
const others = /^(PYDEVD_|DEBUGPY_|PYTHONBREAKPOINT$|__PYVENV_LAUNCHER__$)/;

/** A new environment; `env` is left as it is. */
export function pythonEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !others.test(name)));
}
