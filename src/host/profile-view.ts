import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { HistoryItem } from '../protocol/panel';
import type { HistoryEntry, RunHistory } from './history';
import { inputsLine } from './inputs/inputs-text';
import type { Log } from './log';
import type { PanelActions, PanelRuns, WatchableRun } from './panel/panel-contract';
import { ProfilePanel } from './panel/profile-panel';
import type { Runs } from './runs/runs';

/** The profile panel over the runs of this window. */
export class ProfileView implements vscode.Disposable {
  readonly #panel: ProfilePanel;
  readonly #listening: vscode.Disposable;

  constructor(
    extensionUri: vscode.Uri,
    private readonly runs: Runs,
    private readonly history: RunHistory,
    log: Log,
  ) {
    this.#panel = new ProfilePanel(extensionUri, actionsOver(runs), this.#source(), (line) => log.info(line));
    this.#listening = vscode.Disposable.from(
      runs.onDidStart((handle) => this.#panel.follow(handle)),
      // A panel that asked for trust has something else to say now.
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        if (this.#panel.visible) this.show(undefined, { preserveFocus: true });
      }),
    );
  }

  /** Shows a run, or the newest one; where there is none, what could be done about that. */
  show(runId?: string, options?: { preserveFocus: boolean }): void {
    const run = runId === undefined ? this.#newest() : this.#find(runId);
    if (run) return this.#panel.show({ kind: 'run', run }, options);
    if (!vscode.workspace.isTrusted) return this.#panel.show({ kind: 'untrusted' }, options);
    this.#panel.show({ kind: 'empty', functionName: null }, options);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#panel.dispose();
  }

  #newest(): WatchableRun | undefined {
    const { latest } = this.history;
    return this.runs.current ?? (latest && { data: latest });
  }

  #find(runId: string): WatchableRun | undefined {
    if (this.runs.current?.data.id === runId) return this.runs.current;
    const data = this.history.data(runId);
    return data && { data };
  }

  #source(): PanelRuns {
    return {
      items: () => this.history.entries.map((entry) => this.#item(entry)),
      find: (runId) => this.#find(runId),
      onChange: (listener) => this.history.onChange(listener),
    };
  }

  #item(entry: HistoryEntry): HistoryItem {
    return {
      id: entry.id,
      requestedAt: entry.requestedAt,
      functionName: entry.target.function,
      fileLabel: vscode.workspace.asRelativePath(entry.target.file) || basename(entry.target.file),
      inputs: entry.inputs ? inputsLine(entry.inputs) : 'too long to be kept',
      model: entry.plan.model,
      workers: entry.workers,
      outcome: entry.outcome,
      message: entry.message,
      wallMs: entry.outcome === 'interrupted' ? null : entry.wallMs,
      speedup: entry.speedup,
      counts: entry.counts,
      kept: this.history.data(entry.id) !== undefined,
    };
  }
}

/** What a click in the panel sets off: the commands that a person could have chosen instead. */
function actionsOver(runs: Runs): PanelActions {
  const command = (id: string, ...args: unknown[]) => void vscode.commands.executeCommand(id, ...args);
  return {
    run: () => command('corewise.runOnWorkerPool'),
    rerun: (id) => command('corewise.rerun', { id }),
    cancel: (id) => {
      // The one that was on the screen, and not the one that has begun since.
      if (runs.current?.data.id === id) runs.cancel();
    },
    exportRun: (id, format) => command('corewise.exportProfile', { id, format }),
    trust: () => command('workbench.trust.manage'),
    showLog: () => command('corewise.showOutput'),
    openLocation: (file, line) => {
      const at = new vscode.Position(Math.max(0, line - 1), 0);
      void vscode.window.showTextDocument(vscode.Uri.file(file), {
        viewColumn: vscode.ViewColumn.One,
        selection: new vscode.Range(at, at),
      });
    },
  };
}
