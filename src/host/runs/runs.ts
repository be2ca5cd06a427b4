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
  /** The newest request of this window. */
  last: RunRequest | null = null;
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
      this.last = request;
      this.#follow(handle);
      this.#started.fire(handle);
      logStart(this.log, request);
      void this.history.note(request, handle.data, null);
      const data = await handle.ended;
      this.#follow(null);
      logEnd(this.log, data);
      const report = toReport(data);
      await this.history.note(request, data, report);
      return report;
    } finally {
      this.#follow(null);
      release();
    }
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
