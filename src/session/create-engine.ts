import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { HumanError } from '../base/human-error';
import type { Result } from '../base/result';
import type { RunSpec } from '../protocol/runner';
import { previewLimit, RunData } from '../profile/run-data';
import type { FoundFunction, Refusal } from '../source/found-function';
import { Analyst } from './analyst/client';
import type { Doctor, Engine, EngineOptions, InputsPreview, RunHandle } from './engine';
import { evaluateInputs } from './evaluate-inputs';
import type { LinkedModule } from './link/linked-module';
import { discoverNode, type FoundNode } from './node/discover';
import { examine } from './node/doctor';
import { usableCores } from './node/usable-cores';
import { defaultMemoryLimit, resolvePlan } from './plan';
import type { RunRequest } from './run-request';
import { RunnerProcess, type RunnerStart } from './runner-process';
import { RunSession, type RunParts } from './run-session';
import { Spare } from './spare';

/** How long the module and the inputs may take to load, ms, where nobody says. */
const defaultStartMs = 10_000;

/** An engine on this machine. Nothing is started before the first need. */
export function createEngine(options: EngineOptions): Engine {
  return new LocalEngine(options);
}

class LocalEngine implements Engine {
  readonly #analyst: Analyst;
  readonly #spare = new Spare();
  readonly #running = new Set<RunHandle>();
  readonly #cores = usableCores();
  readonly #nodes = new Map<string, Promise<FoundNode>>();
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

  isHarmless(expression: string): Promise<boolean> {
    return this.#analyst.isHarmless(expression);
  }

  start(request: RunRequest): RunHandle {
    const memoryMb = request.limits?.memoryMb ?? defaultMemoryLimit();
    const plan = resolvePlan(request.plan, this.#cores.usable);
    const data = new RunData(randomUUID(), Date.now(), request.target, request.inputs, plan);
    const limits = { timeoutMs: request.plan.timeoutMs ?? null, startMs: request.limits?.startMs ?? defaultStartMs };
    const prepare = async (signal: AbortSignal): Promise<RunParts> => {
      // Linking the module, finding a Node and starting a process take about as long: all at once.
      const specifying = this.#specify(request, memoryMb, data, signal);
      specifying.catch(() => {});
      const start = await this.#runnerStart(request.target.file);
      signal.throwIfAborted();
      const spare = this.#spare.take(start);
      const runner = spare ?? new RunnerProcess(start);
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
      this.#prepareSpare(request.target.file, plan.workers);
    });
    return run;
  }

  async previewInputs(request: RunRequest, most: number): Promise<InputsPreview> {
    const runner = new RunnerProcess(await this.#runnerStart(request.target.file));
    try {
      const data = new RunData('', Date.now(), request.target, request.inputs, resolvePlan(request.plan, 1));
      const spec = await this.#specify(request, defaultMemoryLimit(), data);
      return await evaluateInputs(runner, spec, most, request.limits?.startMs ?? defaultStartMs);
    } finally {
      runner.kill();
      await runner.exited;
    }
  }

  warm(file: string): void {
    this.#prepareSpare(file, resolvePlan({ model: 'threads' }, this.#cores.usable).workers);
  }

  async doctor(folder: string): Promise<Doctor> {
    return examine({ ...this.#discovery(folder), cores: this.#cores });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const run of this.#running) run.cancel();
    await Promise.all([...[...this.#running].map((run) => run.ended), this.#spare.release(), this.#analyst.dispose()]);
  }

  async #specify(request: RunRequest, memoryMb: number, data: RunData, signal?: AbortSignal): Promise<RunSpec> {
    const { target, inputs, unsaved } = request;
    const found = await this.#find(request);
    const linked = await this.#analyst.link({
      target,
      ...(unsaved ? { unsaved } : {}),
      inputs: inputs.kind === 'expression' ? inputs.text : null,
      cache: this.options.cache,
    }, signal);
    if (!linked.ok) throw new HumanError(linked.error.message, linked.error.nextStep);
    const module: LinkedModule = linked.value;
    const { modules, scanned, compiled } = module.work;
    this.options.log(`Linked ${target.function} of ${target.file}: ${modules} modules, ${scanned} scanned, ${compiled} compiled.`);
    data.warnings.push(...module.warnings);
    return {
      module: { file: module.moduleFile, inputsFile: module.inputsFile, sourceMaps: module.sourceMaps },
      inputs: inputs.kind === 'expression' ? { kind: 'module' } : inputs,
      spread: found.parameters.most > 1,
      plan: { model: data.plan.model, workers: data.plan.workers, concurrency: data.plan.concurrency, chunk: data.plan.chunk },
      record: request.record ?? true,
      wantResults: request.wantResults ?? false,
      previews: previewLimit / 2,
      memoryMb,
      cwd: request.cwd ?? dirname(target.file),
    };
  }

  /** The function that is meant: by name, and by line where names repeat. */
  async #find({ target, unsaved }: RunRequest): Promise<FoundFunction> {
    const named = (await this.list(target.file, unsaved?.get(target.file))).filter(({ name }) => name === target.function);
    const found = named.sort((a, b) => Math.abs(a.line - target.line) - Math.abs(b.line - target.line))[0];
    if (!found) throw new HumanError(`${target.file} has no function ${target.function}.`, 'Put the cursor on a function and run it again.');
    if (found.refusal) throw new HumanError(`${target.function} cannot be run by itself (line ${found.refusal.line}): ${found.refusal.message}`);
    return found;
  }

  #discovery(folder: string): Parameters<typeof discoverNode>[0] {
    const { nodePath, workspace, env } = this.options;
    return { ...(nodePath ? { setting: nodePath } : {}), ...(workspace ? { workspace } : {}), folder, env };
  }

  /** The Node for a folder, asked once: its version files do not change between two runs as a rule. */
  async #runnerStart(file: string): Promise<RunnerStart> {
    const folder = dirname(file);
    let node = this.#nodes.get(folder);
    if (!node) {
      node = discoverNode(this.#discovery(folder)).then((found) => {
        if (found.ok) return found.value;
        this.#nodes.delete(folder);
        throw found.error;
      });
      this.#nodes.set(folder, node);
      node.catch(() => {});
    }
    const { path, electron } = await node;
    return { node: { path, electron }, dist: this.options.dist, env: this.options.env, log: this.options.log };
  }

  #prepareSpare(file: string, workers: number): void {
    if (!this.options.spare || this.#disposed) return;
    void this.#runnerStart(file).then(
      (start) => {
        if (!this.#disposed) this.#spare.prepare({ start, workers, memoryMb: defaultMemoryLimit() });
      },
      (fault: unknown) => this.options.log(`No spare runner: ${String(fault)}`),
    );
  }
}
