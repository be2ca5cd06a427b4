/**
 * The environment of user code: the user's own, without what an editor adds to its processes.
 *
 * - `ELECTRON_*` and `VSCODE_*` steer the editor's own programs: `ELECTRON_RUN_AS_NODE` would turn an Electron
 *   application that a task starts into a Node, and the others carry paths and handles of the editor's inside.
 * - `NODE_OPTIONS` may make every Node load the editor's debugger and wait for it: options that load a file of an
 *   editor's extension, and inspector options, are taken out; the user's own stay. VS Code puts them aside as
 *   `VSCODE_NODE_OPTIONS` when it is started from a shell: they are put back.
 * - `NODE_CHANNEL_FD` and its like name a pipe of the editor's process that user code does not have.
 */

const editorsOwn = /^(ELECTRON_|VSCODE_|NODE_CHANNEL_)/i;

/** A new environment; `env` is left as it is. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(withoutNodeOptions(env)).filter(([name]) => !editorsOwn.test(name));
  const options = cleanNodeOptions(env.VSCODE_NODE_OPTIONS ?? env.NODE_OPTIONS ?? '');
  return { ...Object.fromEntries(kept), ...(options === '' ? {} : { NODE_OPTIONS: options }) };
}

/** For a Node that is only asked what it is: nothing is to be loaded into it. */
export function withoutNodeOptions(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.toUpperCase() !== 'NODE_OPTIONS'));
}

const loads = /^(?:--require|-r|--import|--loader|--experimental-loader)$/;
const inspects = /^--(?:inspect|inspect-[a-z-]+|debug-port)$/;
/** Inspector options whose value may stand as a word of its own. */
const inspectsWithValue = /^--(?:inspect-port|debug-port|inspect-publish-uid)$/;
const ofAnEditor = /[\\/]ms-vscode\.js-debug|[\\/](?:\.vscode[\w-]*|\.cursor|\.windsurf|app)[\\/]+extensions[\\/]/;

/** The options without an editor's, in their order and as they were written. */
export function cleanNodeOptions(options: string): string {
  const words = wordsOf(options);
  const kept: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const [name = '', value] = split(words[i]!);
    const next = words[i + 1];
    const takesNext = value === undefined && next !== undefined;
    if (inspects.test(name)) {
      if (takesNext && inspectsWithValue.test(name)) i++;
    } else if (!loads.test(name)) {
      kept.push(words[i]!);
    } else if (!ofAnEditor.test(value ?? next ?? '')) {
      kept.push(words[i]!, ...(takesNext ? [next] : []));
      if (takesNext) i++;
    } else if (takesNext) {
      i++;
    }
  }
  return kept.join(' ');
}

/** As Node reads them: words between spaces, where double quotes hold spaces and a backslash inside them escapes. */
const wordsOf = (options: string): string[] => options.match(/(?:"(?:\\.|[^"\\])*"|[^ "])+/g) ?? [];

function split(word: string): [string, string?] {
  const at = word.indexOf('=');
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}
