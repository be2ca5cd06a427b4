/**
 * Which Node runs user code. In this order, the first that answers and is new enough:
 *
 *   the user's setting ─► what the project's version files ask for (PATH first, then version managers) ─► PATH
 *   ─► the Node that this code runs in, which in an editor is the editor's own
 *
 * A setting that does not work is an error, never passed over. Binaries inside the workspace are never started.
 */
import semver from 'semver';
import { HumanError } from '../../base/human-error';
import { err, ok, type Result } from '../../base/result';
import type { Millis } from '../../base/units';
import { withoutNodeOptions } from './environment';
import { installedNodes } from './installs';
import { thisMachine, type Machine } from './machine';
import { wantedVersion, type WantedVersion } from './versions';

/** What our runner is built for. */
const oldest = '20.0.0';
/** How long a candidate may take to say its version: a stub of an app store may never. */
const answerWithin: Millis = 5_000;

export interface NodeSearch {
  /** Path that the user chose. */
  readonly setting?: string;
  /** Folder of the target, absolute: version files are looked for from here upwards. */
  readonly folder: string;
  /** Folders whose binaries are not to be started; `folder` where absent. */
  readonly workspace?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface RejectedNode {
  readonly path: string;
  /** What is wrong with it, as a clause. */
  readonly why: string;
}

export interface FoundNode {
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  /** Whether it must be started with `ELECTRON_RUN_AS_NODE=1`. */
  readonly electron: boolean;
  /** Whether it can tell a thread's CPU time (`process.threadCpuUsage`). */
  readonly threadCpu: boolean;
  /** Where it was found and why it was chosen, as a sentence. */
  readonly why: string;
  /** Candidates before it that would not do. */
  readonly rejected: readonly RejectedNode[];
}

export async function discoverNode(search: NodeSearch, machine: Machine = thisMachine): Promise<Result<FoundNode, HumanError>> {
  return new Discovery(search, machine).find();
}

/** What a Node says of itself. */
type Answer = Pick<FoundNode, 'path' | 'version' | 'threadCpu'>;

interface Candidate {
  readonly path: string;
  readonly why: string;
}

class Discovery {
  readonly #rejected: RejectedNode[] = [];
  /** What a path answered, asked once. */
  readonly #answers = new Map<string, Promise<Result<Answer, string>>>();

  constructor(
    private readonly search: NodeSearch,
    private readonly machine: Machine,
  ) {}

  async find(): Promise<Result<FoundNode, HumanError>> {
    if (this.search.setting) return this.#fromSetting(this.search.setting);
    const wanted = await wantedVersion(this.search.folder, this.machine);
    const found = (wanted ? await this.#wanted(wanted) : null) ?? (await this.#onPath(wanted)) ?? this.#own(wanted);
    if (found) return ok({ ...found, rejected: this.#rejected });
    return err(
      new HumanError(
        `No Node.js ${semver.major(oldest)} or newer was found.${this.#tried()}`,
        'Install a current Node.js, or name one in the setting corewise.nodePath.',
      ),
    );
  }

  async #fromSetting(path: string): Promise<Result<FoundNode, HumanError>> {
    const nextStep = 'Choose another Node.js in the setting corewise.nodePath, or clear it.';
    if (!this.machine.path.isAbsolute(path)) return err(new HumanError(`The Node.js that was chosen is not an absolute path: ${path}.`, nextStep));
    const answer = await this.#ask(path);
    if (!answer.ok) return err(new HumanError(`The Node.js that was chosen does not work: ${path}: ${answer.error}.`, nextStep));
    return ok({ ...answer.value, electron: false, why: 'It is the one that was chosen in the settings.', rejected: [] });
  }

  /** The Node that a version file asks for: the one on PATH if it will do, since it is what a terminal would use. */
  async #wanted(wanted: WantedVersion): Promise<Omit<FoundNode, 'rejected'> | null> {
    const asks = `${wanted.file} asks for ${wanted.text}`;
    const onPath = (await this.#pathCandidates()).map((path) => ({ path, why: `${asks}, and PATH has it.` }));
    const installed = (await installedNodes(this.machine, this.search.env))
      .filter(({ version }) => semver.satisfies(version, wanted.range) && semver.gte(version, oldest))
      .map(({ path, manager }) => ({ path, why: `${asks}, and ${manager} has installed it.` }));
    for (const candidate of [...onPath, ...installed]) {
      const found = await this.#take(candidate, wanted);
      if (found) return found;
    }
    return null;
  }

  async #onPath(wanted: WantedVersion | null): Promise<Omit<FoundNode, 'rejected'> | null> {
    const but = wanted ? ` ${missing(wanted)}` : '';
    for (const path of await this.#pathCandidates()) {
      const found = await this.#take({ path, why: `It is the first on PATH.${but}` }, null);
      if (found) return found;
    }
    return null;
  }

  #own(wanted: WantedVersion | null): Omit<FoundNode, 'rejected'> | null {
    const { version } = this.machine.own;
    if (semver.lt(version, oldest)) {
      this.#reject(this.machine.own.path, tooOld(version));
      return null;
    }
    const why = this.machine.own.electron ? 'It is the editor’s own: no other was found.' : 'It is the one that Corewise itself runs in: no other was found.';
    return { ...this.machine.own, why: wanted ? `${why} ${missing(wanted)}` : why };
  }

  async #take(candidate: Candidate, wanted: WantedVersion | null): Promise<Omit<FoundNode, 'rejected'> | null> {
    if (this.#isInWorkspace(candidate.path)) {
      this.#reject(candidate.path, 'it lies in the workspace, whose binaries are not started');
      return null;
    }
    const answer = await this.#ask(candidate.path);
    if (!answer.ok) {
      this.#reject(candidate.path, answer.error);
      return null;
    }
    if (wanted && !semver.satisfies(answer.value.version, wanted.range)) return null;
    return { ...answer.value, electron: false, why: candidate.why };
  }

  /** Files named node in absolute entries of PATH, in its order. On Windows `node.exe` alone: a `.cmd` needs a shell. */
  async #pathCandidates(): Promise<string[]> {
    const { platform, path } = this.machine;
    const windows = platform === 'win32';
    const [, variable = ''] = Object.entries(this.search.env).find(([name]) => (windows ? name.toUpperCase() : name) === 'PATH') ?? [];
    const found: string[] = [];
    for (const entry of variable.split(path.delimiter)) {
      const folder = windows ? entry.replace(/^"(.*)"$/, '$1') : entry;
      if (!path.isAbsolute(folder)) continue;
      const file = path.join(folder, windows ? 'node.exe' : 'node');
      if (!found.includes(file) && (await this.machine.resolveFile(file)) !== null) found.push(file);
    }
    return found;
  }

  /**
   * Asks a binary what it is. It answers with its real path too: what a version manager puts on PATH may be a
   * stand-in that starts the real one, and signals are for the real one.
   */
  #ask(path: string): Promise<Result<Answer, string>> {
    let answer = this.#answers.get(path);
    if (!answer) this.#answers.set(path, (answer = this.#askOnce(path)));
    return answer;
  }

  async #askOnce(path: string): Promise<Result<Answer, string>> {
    const real = await this.machine.resolveFile(path);
    if (real === null) return err('there is no such file');
    if (!this.search.setting && this.#isInWorkspace(real)) return err('it leads into the workspace, whose binaries are not started');
    const { own } = this.machine;
    // Starting a Node takes 50 ms; of ourselves we know without asking.
    if (real === own.path && !own.electron) return semver.lt(own.version, oldest) ? err(tooOld(own.version)) : ok(own);
    try {
      const text = await this.machine.ask(path, ['-p', question], withoutNodeOptions(this.search.env), answerWithin);
      const answer = readAnswer(text);
      if (!answer) return err('its answer is not that of a Node.js');
      if (semver.lt(answer.version, oldest)) return err(tooOld(answer.version));
      return ok(answer);
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

  #tried(): string {
    return this.#rejected.map(({ path, why }) => ` ${path}: ${why}.`).join('');
  }
}

/** Printed as JSON: version, path of the program itself, whether it can tell a thread's CPU time. */
const question = 'JSON.stringify([process.versions.node, process.execPath, typeof process.threadCpuUsage === "function"])';

function readAnswer(text: string): Answer | null {
  try {
    const [version, path, threadCpu] = JSON.parse(text) as unknown[];
    if (typeof version !== 'string' || !semver.valid(version) || typeof path !== 'string') return null;
    return { version, path, threadCpu: threadCpu === true };
  } catch {
    return null;
  }
}

const tooOld = (version: string) => `it is Node.js ${version}, and ${semver.major(oldest)} or newer is needed`;
const missing = ({ file, text }: WantedVersion) => `${file} asks for ${text}, which was not found.`;
