import * as vscode from 'vscode';
import type { RunData } from '../../profile/run-data';
import type { RunHandle } from '../../session/engine';
import { duration, forLabel } from '../plain-text';
import { progressText } from '../runs/progress-text';
import type { Runs } from '../runs/runs';

/** One item in the status bar: the run under way, and then how the last one ended. A click shows its profile. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('corewise.run', vscode.StatusBarAlignment.Left, 0);
  readonly #listening: vscode.Disposable;

  constructor(runs: Runs) {
    this.#item.name = 'Corewise';
    this.#item.command = 'corewise.showProfile';
    this.#listening = runs.onDidStart((handle) => void this.#follow(handle));
  }

  dispose(): void {
    this.#listening.dispose();
    this.#item.dispose();
  }

  async #follow(handle: RunHandle): Promise<void> {
    const running = (run: RunData) => this.#draw(`$(sync~spin) ${name(run)}: ${progressText(run)}`, runningTip());
    running(handle.data);
    this.#item.show();
    const listening = handle.onUpdate(running);
    const run = await handle.ended;
    listening.dispose();
    this.#draw(endText(run), new vscode.MarkdownString('Show the profile of the last run'));
  }

  #draw(text: string, tip: vscode.MarkdownString): void {
    this.#item.text = text;
    this.#item.tooltip = tip;
  }
}

const name = (run: RunData): string => forLabel(run.target.function, 30);

function runningTip(): vscode.MarkdownString {
  const tip = new vscode.MarkdownString('Show the profile · [Cancel the run](command:corewise.cancelRun)');
  tip.isTrusted = { enabledCommands: ['corewise.cancelRun'] };
  return tip;
}

function endText(run: RunData): string {
  if (run.outcome === 'cancelled') return `$(circle-slash) ${name(run)}: cancelled`;
  if (run.timedOut) return `$(watch) ${name(run)}: timed out`;
  if (run.outcome === 'failed') return `$(error) ${name(run)}: failed`;
  if (run.counts.failed > 0) return `$(warning) ${name(run)}: ${run.counts.failed.toLocaleString('en-US')} failed`;
  return `$(check) ${name(run)}: ${run.counts.succeeded.toLocaleString('en-US')} in ${duration(run.wallMs)}`;
}
