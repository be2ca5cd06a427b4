/**
 * Which Python runs user code. In this order, the first that answers and is new enough:
 *
 *   the user's choice in a setting ─► the one of an extension of the editor ─► the environment that is active ─► `.venv` or `venv` beside the file, or above it in its project
 *   ─► `python3`, `python` on PATH ─► on Windows the launcher's `py -3`
 *
 * A choice that does not work is an error, never passed over. Of the workspace, environments alone are started, and only
 * since an engine is made in trusted workspaces alone.
 */
import { HumanError } from '../../base/human-error';
import { err, ok, type Result } from '../../base/result';
import type { Millis } from '../../base/units';
import { thisMachine, type Machine } from '../node/machine';
import { environmentsAbove } from './environments';
import { pythonEnvironment } from './environment';

/** The oldest that the runner is tested on. */
const oldest = [3, 9] as const;
const answerWithin: Millis = 10_000;

export interface PythonSearch {
  /** Path that the user chose in a setting. */
  readonly setting?: string;
  /** Path that was chosen elsewhere, and where, as a sentence. */
  readonly chosen?: { readonly path: string; readonly why: string };
  /** Folder of the target, absolute. */
  readonly folder: string;
  /** Folders of the workspace; environments above a file are looked for no higher than these. */
  readonly workspace?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface RejectedPython {
  readonly path: string;
  /** What is wrong with it, as a clause. */
  readonly why: string;
}

export interface FoundPython {
  /** What it calls itself: an environment's own path, not that of the Python behind it. */
  readonly path: string;
  /** Such as `3.11.7`. */
  readonly version: string;
  /** Whether it has interpreters that run beside each other (3.14). */
  readonly interpreters: boolean;
  /** Where it was found and why it was chosen, as a sentence. */
  readonly why: string;
  readonly rejected: readonly RejectedPython[];
}

type PythonMachine = Pick<Machine, 'platform' | 'path' | 'resolveFile' | 'ask' | 'list'>;

export async function discoverPython(search: PythonSearch, machine: PythonMachine = thisMachine): Promise<Result<FoundPython, HumanError>> {
  return new Discovery(search, machine).find();
}

interface Candidate {
  readonly program: string;
  readonly args?: readonly string[];
  readonly why: string;
}

type Answer = Pick<FoundPython, 'path' | 'version' | 'interpreters'>;

class Discovery {
  readonly #rejected: RejectedPython[] = [];

  constructor(
    private readonly search: PythonSearch,
    private readonly machine: PythonMachine,
  ) {}

  async find(): Promise<Result<FoundPython, HumanError>> {
    const { setting, chosen } = this.search;
    if (setting) {
      return this.#chosen(setting, 'It is the one that was chosen.', 'Choose another Python in the setting corewise.pythonPath, or clear it.');
    }
    if (chosen) return this.#chosen(chosen.path, chosen.why, 'Choose another one there, or in the setting corewise.pythonPath.');
    for (const candidate of await this.#candidates()) {
      const answer = await this.#ask(candidate);
      if (answer.ok) return ok({ ...answer.value, why: candidate.why, rejected: this.#rejected });
      this.#reject(candidate.program, answer.error);
    }
    return err(
      new HumanError(
        `No Python ${oldest.join('.')} or newer was found.${this.#rejected.map(({ path, why }) => ` ${path}: ${why}.`).join('')}`,
        'Install a current Python, or name one in the setting corewise.pythonPath.',
      ),
    );
  }

  async #chosen(program: string, why: string, nextStep: string): Promise<Result<FoundPython, HumanError>> {
    if (!this.machine.path.isAbsolute(program)) return err(new HumanError(`The Python that was chosen is not an absolute path: ${program}.`, nextStep));
    const answer = await this.#ask({ program, why: '' });
    if (!answer.ok) return err(new HumanError(`The Python that was chosen does not work: ${program}: ${answer.error}.`, nextStep));
    return ok({ ...answer.value, why, rejected: [] });
  }

  async #candidates(): Promise<Candidate[]> {
    const { env, folder, workspace } = this.search;
    const active = ['VIRTUAL_ENV', 'CONDA_PREFIX'].flatMap((name) => {
      const root = env[name] ?? '';
      return this.machine.path.isAbsolute(root) ? [{ program: this.#inside(root), why: `It is of the environment that is active (${name}).` }] : [];
    });
    const above = (await environmentsAbove(folder, workspace, this.machine)).map((root) => ({ program: this.#inside(root), why: `It is of the environment ${root}.` }));
    const known: Candidate[] = [];
    for (const candidate of [...active, ...above]) if (await this.machine.resolveFile(candidate.program)) known.push(candidate);
    return [...known, ...(await this.#onPath())];
  }

  #inside(root: string): string {
    const windows = this.machine.platform === 'win32';
    return this.machine.path.join(root, windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python');
  }

  /** Files in absolute entries of PATH, in its order, and on Windows the launcher; none of the workspace. */
  async #onPath(): Promise<Candidate[]> {
    const { platform, path } = this.machine;
    const windows = platform === 'win32';
    const [, variable = ''] = Object.entries(this.search.env).find(([name]) => (windows ? name.toUpperCase() : name) === 'PATH') ?? [];
    const folders = variable.split(path.delimiter).map((entry) => (windows ? entry.replace(/^"(.*)"$/, '$1') : entry));
    const found: Candidate[] = [];
    for (const [name, args] of windows ? ([['python.exe', []], ['py.exe', ['-3']]] as const) : ([['python3', []], ['python', []]] as const)) {
      for (const folder of folders) {
        if (!path.isAbsolute(folder)) continue;
        const program = path.join(folder, name);
        if (found.some((it) => it.program === program) || (await this.machine.resolveFile(program)) === null) continue;
        if (windows && /[\\/]Microsoft[\\/]WindowsApps$/i.test(folder)) this.#reject(program, 'it is a stand-in that opens the Microsoft Store');
        else if (this.#isInWorkspace(program)) this.#reject(program, 'it lies in the workspace, of which environments alone are started');
        else found.push({ program, args, why: `It is the first ${name.replace('.exe', '')} on PATH.` });
      }
    }
    return found;
  }

  async #ask({ program, args = [] }: Candidate): Promise<Result<Answer, string>> {
    if ((await this.machine.resolveFile(program)) === null) return err('there is no such file');
    // Version managers' stand-ins look for the project's version from here; nothing of it is evaluated.
    const env = { ...pythonEnvironment(this.search.env), PYENV_DIR: this.search.folder };
    try {
      const answer = readAnswer(await this.machine.ask(program, [...args, '-I', '-S', '-c', question], env, answerWithin));
      if (!answer) return err('its answer is not that of a Python');
      const [major, minor] = answer.version.split('.').map(Number);
      const old = major! < oldest[0] || (major === oldest[0] && minor! < oldest[1]);
      return old ? err(`it is Python ${answer.version}, and ${oldest.join('.')} or newer is needed`) : ok(answer);
    } catch (fault) {
      return err((fault as Error).message);
    }
  }

  #isInWorkspace(file: string): boolean {
    const { relative, isAbsolute, sep } = this.machine.path;
    return (this.search.workspace ?? [this.search.folder]).some((folder) => {
      const way = relative(folder, file);
      return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
    });
  }

  #reject(path: string, why: string): void {
    if (!this.#rejected.some((it) => it.path === path)) this.#rejected.push({ path, why });
  }
}

/** Printed as lines: version, whether there are interpreters, path. Written for any Python, so that an old one can answer. */
const question =
  'import sys; v = sys.version_info; print("%d.%d.%d" % v[:3]); print(v >= (3, 14)); print(sys.executable)';

function readAnswer(text: string): Answer | null {
  const [version = '', interpreters, ...rest] = text.trimEnd().split(/\r?\n/);
  const path = rest.join('\n');
  return /^\d+\.\d+\.\d+$/.test(version) && path !== '' ? { version, interpreters: interpreters === 'True', path } : null;
}
