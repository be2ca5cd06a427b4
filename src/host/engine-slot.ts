import type { Engine, EngineOptions } from '../session/engine';

/**
 * The engine, made when it is first needed. After a change of the settings that it was made from, the next run
 * gets a new one, between runs, which ending an engine would end.
 */
export class EngineSlot {
  #engine: Promise<Engine> | null = null;
  #stale = false;
  #disposed = false;

  constructor(private readonly options: () => EngineOptions) {}

  async get(): Promise<Engine> {
    if (this.#disposed) throw new Error('Corewise has been deactivated');
    // Loaded here, so that a window in which nothing is run never reads it.
    this.#engine ??= import('../session/create-engine').then(({ createEngine }) => createEngine(this.options()));
    return this.#engine;
  }

  /** The engine for a run, made from the settings as they are now. No other run may be under way. */
  async forRun(): Promise<Engine> {
    if (this.#stale) await this.#letGo();
    return this.get();
  }

  /** The settings have changed. */
  renew(): void {
    this.#stale = true;
  }

  /** Resolves when every run and process has gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#letGo();
  }

  async #letGo(): Promise<void> {
    const old = this.#engine;
    this.#engine = null;
    this.#stale = false;
    await (await old)?.dispose();
  }
}
