import * as vscode from 'vscode';
import { toReport } from '../../profile/report';
import type { RunReport } from '../../protocol/report';
import type { RunHandle } from '../../session/engine';
import type { RunRequest } from '../../session/run-request';
import type { EngineSlot } from '../engine-slot';
import type { RunHistory } from '../history';
import type { Log } from '../log';
import { logEnd, logStart } from './run-log';
import type { Release } from './turns';

/** Starts runs, one at a time, and tells of them. */
export class Runs implements vscode.Disposable {
  #current: RunHandle | null = null;
  readonly #started = new vscode.EventEmitter<RunHandle>();
  readonly onDidStart = this.#started.event;

  constructor(
    private readonly engine: EngineSlot,
    private readonly history: RunHistory,
    private readonly log: Log,
  ) {}

  get current(): RunHandle | null {
    return this.#current;
  }

  /** `false` where nothing is running. What finished is kept. */
  cancel(): boolean {
    this.#current?.cancel();
    return this.#current !== null;
  }

  /** Runs to the end, in the turn that `release` ends. Faults of the run are in what it resolves to. */
  async run(request: RunRequest, release: Release): Promise<RunReport> {
    try {
      const engine = await this.engine.forRun();
      const handle = engine.start(request);
      this.#follow(handle);
      this.#started.fire(handle);
      logStart(this.log, request);
      void this.#note(request, handle.data, null);
      const data = await handle.ended;
      this.#follow(null);
      logEnd(this.log, data);
      const report = toReport(data);
      await this.#note(request, data, report);
      return report;
    } finally {
      this.#follow(null);
      release();
    }
  }

  /** A history that cannot be written is no reason to lose a run. */
  async #note(...what: Parameters<RunHistory['note']>): Promise<void> {
    await this.history.note(...what).catch((fault: unknown) => this.log.warn(`The history was not saved: ${String(fault)}`));
  }

  #follow(handle: RunHandle | null): void {
    if (this.#current === handle) return;
    this.#current = handle;
    void vscode.commands.executeCommand('setContext', 'corewise.running', handle !== null);
  }

  dispose(): void {
    this.#current?.cancel();
    this.#started.dispose();
  }
}
