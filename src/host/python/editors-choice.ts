/**
 * Which Python the extensions for Python have chosen for a file. They are not needed: whatever of them is absent, does
 * not answer, or answers in another shape than the one they publish, has chosen nothing.
 */
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Millis } from '../../base/units';

export interface ChosenPython {
  /** Absolute. */
  readonly path: string;
  /** Who has chosen it, as a sentence. */
  readonly why: string;
}

/** An extension that is still starting is waited for no longer than this. */
const answerWithin: Millis = 5000;

/** The Python extension itself. Where it leaves environments to the newer extension, it passes that one's choice on. */
export const pythonExtension = 'ms-python.python';
export const environmentsExtension = 'ms-python.vscode-python-envs';

type Method = (...args: unknown[]) => unknown;
const method = v.custom<Method>((value) => typeof value === 'function', 'a function');
const file = v.looseObject({ fsPath: v.pipe(v.string(), v.nonEmpty()) });

const pythonApi = v.looseObject({
  environments: v.looseObject({ getActiveEnvironmentPath: method, resolveEnvironment: method, onDidChangeActiveEnvironmentPath: method }),
});
const resolved = v.looseObject({ executable: v.looseObject({ uri: file }) });

const environmentsApi = v.looseObject({ getEnvironment: method, onDidChangeEnvironment: method });
const environment = v.looseObject({ execInfo: v.looseObject({ run: v.looseObject({ executable: v.pipe(v.string(), v.nonEmpty()) }) }) });

export class EditorsChoice implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Another Python has been chosen. Heard of only after the first {@link of}: before, nothing depends on it. */
  readonly onDidChange = this.#changed.event;
  readonly #listening = new Map<string, vscode.Disposable>();

  constructor(private readonly log: (line: string) => void) {}

  /** What is chosen for a file; `null` where nothing is. Never rejects. Trusted workspaces only: it starts the other extensions. */
  async of(path: string): Promise<ChosenPython | null> {
    const resource = vscode.Uri.file(path);
    const asked = [
      { id: pythonExtension, ask: (api: unknown) => this.#askPython(api, resource) },
      { id: environmentsExtension, ask: (api: unknown) => this.#askEnvironments(api, resource) },
    ];
    for (const { id, ask } of asked) {
      const extension = vscode.extensions.getExtension<unknown>(id);
      if (!extension) continue;
      try {
        const program = await within(answerWithin, Promise.resolve(extension.activate()).then(ask));
        if (program !== null) return { path: program, why: `It is the one chosen in the extension ${id}.` };
      } catch (fault) {
        this.log(`The extension ${id} does not tell which Python it has chosen: ${fault instanceof Error ? fault.message : String(fault)}`);
      }
    }
    return null;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#listening.values()).dispose();
    this.#changed.dispose();
  }

  async #askPython(api: unknown, resource: vscode.Uri): Promise<string | null> {
    const { environments } = v.parse(pythonApi, api);
    this.#listen(pythonExtension, environments.onDidChangeActiveEnvironmentPath.bind(environments));
    const active = environments.getActiveEnvironmentPath(resource);
    const found = v.safeParse(resolved, await environments.resolveEnvironment(active));
    // An environment without a Python in it, as Conda can make one, has none to offer.
    return found.success ? found.output.executable.uri.fsPath : null;
  }

  async #askEnvironments(api: unknown, resource: vscode.Uri): Promise<string | null> {
    const known = v.parse(environmentsApi, api);
    this.#listen(environmentsExtension, known.onDidChangeEnvironment.bind(known));
    const found = v.safeParse(environment, await known.getEnvironment(resource));
    return found.success ? found.output.execInfo.run.executable : null;
  }

  #listen(id: string, event: Method): void {
    if (this.#listening.has(id)) return;
    const listening = event(() => this.#changed.fire());
    if (v.is(v.looseObject({ dispose: method }), listening)) this.#listening.set(id, listening as unknown as vscode.Disposable);
  }
}

async function within<T>(ms: Millis, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
