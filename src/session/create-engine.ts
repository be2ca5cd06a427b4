import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { HumanError } from '../base/human-error';
import type { Result } from '../base/result';
import type { Mebibytes } from '../base/units';
import type { Language } from '../protocol/target';
import { poolModel } from '../protocol/target';
import { previewLimit, RunData } from '../profile/run-data';
import type { EditPlan, RecipeName } from '../rewrite/edit-plan';
import type { Hint } from '../rewrite/hint';
import type { FoundFunction, Refusal } from '../source/found-function';
import type { Slice } from '../source/slice';
import { Analyst } from './analyst/client';
import type { Doctor, Engine, EngineOptions, InputsPreview, RunHandle } from './engine';
import { evaluateInputs } from './evaluate-inputs';
import { prune } from './link/pruning';
import type { LinkedModule, LinkError } from './link/linked-module';
import { discoverNode, type FoundNode } from './node/discover';
import { examine } from './node/doctor';
import { startNode } from './node/start';
import { usableCores } from './node/usable-cores';
import { defaultMemoryLimit, resolvePlan } from './plan';
import { discoverPython, type FoundPython, type PythonSearch } from './python/discover';
import { examinePython } from './python/doctor';
import { pythonModule } from './python/module';
import { startPython } from './python/start';
import { RefusedError } from './refused-error';
import type { RunRequest } from './run-request';
import { RunnerProcess, type AnyRunSpec, type RunnerStart } from './runner-process';
import type { FileRewrite, Offer } from './rewrite/file-rewrite';
import { RunSession, type RunParts } from './run-session';
import { Spare } from './spare';

/** How long the module and the inputs may take to load, ms, where nobody says. */
const defaultStartMs = 10_000;

/** How long after its first run an engine clears up, ms. */
const pruneAfter = 10_000;

/** An engine on this machine. Nothing is started before the first need. */
export function createEngine(options: EngineOptions): Engine {
  return new LocalEngine(options);
}

class LocalEngine implements Engine {
  readonly #analyst: Analyst;
  readonly #spares: Record<'node' | 'python', Spare> = { node: new Spare(), python: new Spare() };
  readonly #running = new Set<RunHandle>();
  readonly #cores = usableCores();
  readonly #nodes = new Map<string, Promise<FoundNode>>();
  readonly #pythons = new Map<string, Promise<FoundPython>>();
  #pruning: NodeJS.Timeout | null = null;
  #disposed = false;

  constructor(private readonly options: EngineOptions) {
    this.#analyst = new Analyst(join(options.dist, 'analyst.js'), options.log, { codeCache: join(options.cache, 'code') });
  }

  async list(file: string, text?: string): Promise<FoundFunction[]> {
    const listed = await this.#analyst.list(file, text);
    if (listed.ok) return listed.value;
    throw new HumanError(listed.error.message);
  }

  at(file: string, text: string, start: number, end: number): Promise<Result<FoundFunction, Refusal>> {
    return this.#analyst.at(file, text, start, end);
  }

  checkInputs(expression: string, found: Pick<FoundFunction, 'language'>): Promise<{ message: string; offset: number } | null> {
    return this.#analyst.checkInputs(expression, found);
  }

  isHarmless(expression: string, found: Pick<FoundFunction, 'language'>): Promise<boolean> {
    return this.#analyst.isHarmless(expression, found);
  }

  async slice({ target, inputs, unsaved }: Pick<RunRequest, 'target' | 'inputs' | 'unsaved'>, signal?: AbortSignal): Promise<Slice> {
    const sliced = await this.#analyst.slice({ target, unsaved, inputs: inputs.kind === 'expression' ? inputs.text : null }, signal);
    if (sliced.ok) return sliced.value;
    throw faultOf(sliced.error);
  }

  rewrite(recipe: RecipeName, request: FileRewrite): Promise<Result<EditPlan, Refusal>> {
    return this.#analyst.rewrite(recipe, request);
  }

  rewriteOffers(request: FileRewrite): Promise<Offer[]> {
    return this.#analyst.rewriteOffers(request);
  }

  rewriteHints(file: string, text: string): Promise<Hint[]> {
    return this.#analyst.rewriteHints(file, text);
  }

  start(request: RunRequest): RunHandle {
    const memoryMb = request.limits?.memoryMb ?? defaultMemoryLimit();
    const { language, file } = request.target;
    const plan = resolvePlan(request.plan, this.#cores.usable, language);
    const data = new RunData(randomUUID(), Date.now(), request.target, request.inputs, plan);
    const limits = { timeoutMs: request.plan.timeoutMs ?? null, startMs: request.limits?.startMs ?? defaultStartMs };
    const prepare = async (signal: AbortSignal): Promise<RunParts> => {
      // Linking the module, finding a Node and starting a process take about as long: all at once.
      const specifying = this.#specify(request, memoryMb, data, signal);
      specifying.catch(() => {});
      const start = await this.#runnerStart(language, file);
      signal.throwIfAborted();
      const spare = this.#spareFor(language).take(start);
      const runner = spare ?? startCold(start, language, plan.workers, memoryMb);
      try {
        const spec = await specifying;
        signal.throwIfAborted();
        return { runner, warm: spare !== null, spec, usableCores: this.#cores.usable };
      } catch (fault) {
        runner.kill();
        await runner.exited;
        throw fault;
      }
    };
    const run = new RunSession(data, limits, request.wantResults ?? false, prepare);
    this.#running.add(run);
    void run.ended.then(() => {
      this.#running.delete(run);
      this.#prepareSpare(language, file, plan.workers);
      this.#pruneSoon();
    });
    return run;
  }

  async previewInputs(request: RunRequest, most: number): Promise<InputsPreview> {
    const { language, file } = request.target;
    const runner = new RunnerProcess(await this.#runnerStart(language, file));
    try {
      const data = new RunData('', Date.now(), request.target, request.inputs, resolvePlan(request.plan, 1, language));
      const spec = await this.#specify(request, defaultMemoryLimit(), data);
      return await evaluateInputs(runner, spec, most, request.limits?.startMs ?? defaultStartMs);
    } finally {
      runner.kill();
      await runner.exited;
    }
  }

  warm(file: string): void {
    const language = isPython(file) ? 'python' : 'javascript';
    this.#prepareSpare(language, file, resolvePlan({ model: poolModel(language) }, this.#cores.usable, language).workers);
  }

  async doctor(folder: string): Promise<Doctor> {
    const [doctor, python] = await Promise.all([
      examine({ ...this.#discovery(folder), cores: this.#cores }),
      this.#pythonSearch(folder).then(examinePython),
    ]);
    return { ...doctor, ...python };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    if (this.#pruning) clearTimeout(this.#pruning);
    for (const run of this.#running) run.cancel();
    await Promise.all([...[...this.#running].map((run) => run.ended), ...Object.values(this.#spares).map((spare) => spare.release()), this.#analyst.dispose()]);
  }

  async #specify(request: RunRequest, memoryMb: number, data: RunData, signal?: AbortSignal): Promise<AnyRunSpec> {
    const { target, inputs, unsaved } = request;
    const shared = {
      inputs: inputs.kind === 'expression' ? ({ kind: 'module' } as const) : inputs,
      plan: data.plan as AnyRunSpec['plan'],
      record: request.record ?? true,
      wantResults: request.wantResults ?? false,
      previews: previewLimit / 2,
      memoryMb,
      cwd: request.cwd ?? dirname(target.file),
    };
    const found = await this.#find(request);
    const spread = found.parameters.most > 1;
    if (target.language === 'python') {
      const slice = await this.slice(request, signal);
      data.warnings.push(...slice.warnings.map(({ message }) => message));
      return { ...shared, module: pythonModule(request, slice), spread };
    }
    const linked = await this.#analyst.link({
      target,
      ...(unsaved ? { unsaved } : {}),
      inputs: inputs.kind === 'expression' ? inputs.text : null,
      cache: this.options.cache,
      ...(this.options.workspace ? { workspace: this.options.workspace } : {}),
    }, signal);
    if (!linked.ok) throw faultOf(linked.error);
    const module: LinkedModule = linked.value;
    const { modules, scanned, compiled, notes } = module.work;
    this.options.log(`Linked ${target.function} of ${target.file}: ${modules} modules, ${scanned} scanned, ${compiled} compiled.`);
    for (const note of notes) this.options.log(note);
    data.warnings.push(...module.warnings);
    return {
      ...shared,
      module: { file: module.moduleFile, inputsFile: module.inputsFile, sourceMaps: module.sourceMaps },
      spread,
    };
  }

  /** The function that is meant: by name, and by line where names repeat. */
  async #find({ target, unsaved }: RunRequest): Promise<FoundFunction> {
    const named = (await this.list(target.file, unsaved?.get(target.file))).filter(({ name }) => name === target.function);
    const found = named.sort((a, b) => Math.abs(a.line - target.line) - Math.abs(b.line - target.line))[0];
    if (!found) throw new HumanError(`${target.file} has no function ${target.function}.`, 'Put the cursor on a function and run it again.');
    if (found.refusal) throw refusedBy(target.function, found.refusal);
    return found;
  }

  #discovery(folder: string): Parameters<typeof discoverNode>[0] {
    const { nodePath, workspace, env } = this.options;
    return { ...(nodePath ? { setting: nodePath } : {}), ...(workspace ? { workspace } : {}), folder, env };
  }

  /** @param place a file of the folder, or the folder itself */
  async #pythonSearch(folder: string, place = folder): Promise<PythonSearch> {
    const { pythonPath, chosenPython, workspace, env } = this.options;
    const chosen = pythonPath ? null : ((await chosenPython?.(place)) ?? null);
    return {
      ...(pythonPath ? { setting: pythonPath } : {}),
      ...(chosen ? { chosen } : {}),
      ...(workspace ? { workspace } : {}),
      folder,
      env,
    };
  }

  /** The runtime for a file's folder, asked once: what it depends on does not change between two runs as a rule. */
  async #runnerStart(language: Language, file: string): Promise<RunnerStart> {
    const { dist, env, log } = this.options;
    const folder = dirname(file);
    if (language === 'python') {
      if (process.platform === 'win32') throw new HumanError('Functions of Python are run on Linux and macOS so far.', 'Use a Linux such as WSL, and open the folder there.');
      const { path } = await once(this.#pythons, folder, async () => discoverPython(await this.#pythonSearch(folder, file)));
      return startPython(path, dist, env, log);
    }
    return startNode(await once(this.#nodes, folder, () => discoverNode(this.#discovery(folder))), dist, env, log);
  }

  #spareFor(language: Language): Spare {
    return this.#spares[language === 'python' ? 'python' : 'node'];
  }

  /** Once in the engine's life, when a first run is over and nothing is likely to go on. */
  #pruneSoon(): void {
    this.#pruning ??= setTimeout(() => {
      prune(this.options.cache).then(
        (gone) => gone > 0 && this.options.log(`Removed ${gone} linked modules that were not used for long.`),
        (fault: unknown) => this.options.log(`Linked modules could not be cleared up: ${String(fault)}`),
      );
    }, pruneAfter).unref();
  }

  #prepareSpare(language: Language, file: string, workers: number): void {
    if (!this.options.spare || this.#disposed) return;
    void this.#runnerStart(language, file).then(
      (start) => {
        if (!this.#disposed) this.#spareFor(language).prepare({ start, workers, memoryMb: defaultMemoryLimit() });
      },
      (fault: unknown) => this.options.log(`No spare runner: ${String(fault)}`),
    );
  }
}

/** What was found for a folder, or is being looked for; a search that failed is made again. */
function once<T>(known: Map<string, Promise<T>>, folder: string, search: () => Promise<Result<T, HumanError>>): Promise<T> {
  let found = known.get(folder);
  if (!found) {
    found = search().then((result) => {
      if (result.ok) return result.value;
      known.delete(folder);
      throw result.error;
    });
    known.set(folder, found);
    found.catch(() => {});
  }
  return found;
}

const isPython = (file: string): boolean => /\.pyw?$/i.test(file);

/** What a person is told of a module that cannot be linked. */
function faultOf({ code, message, nextStep, refusal, line }: LinkError): HumanError {
  return code === 'refused' ? new RefusedError(message, refusal ?? code, line) : new HumanError(message, nextStep);
}

function refusedBy(name: string, { code, message, line }: Refusal): RefusedError {
  return new RefusedError(`${name} cannot be run by itself (line ${line}): ${message}`, code, line);
}

/** A runner whose threads start while the module is linked still; Python's workers start from the module. */
function startCold(start: RunnerStart, language: Language, workers: number, memoryMb: Mebibytes): RunnerProcess {
  const runner = new RunnerProcess(start);
  if (language !== 'python') runner.send({ type: 'warm', workers, memoryMb, rehearse: false });
  return runner;
}
