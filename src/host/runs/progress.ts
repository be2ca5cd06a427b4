import * as vscode from 'vscode';
import type { RunData } from '../../profile/run-data';
import type { RunHandle } from '../../session/engine';
import { forNotification } from '../plain-text';
import type { Release, Turns } from './turns';
import { doneOf, progressText } from './progress-text';

/** Shorter runs are over before a notification could be read. The status bar shows them all. */
const patience = 300;

/** Shows a run in a notification with a Cancel button, until it ends. */
export function showProgress(handle: RunHandle): void {
  const timer = setTimeout(() => void vscode.window.withProgress(options(handle.data), follow(handle)), patience);
  void handle.ended.then(() => clearTimeout(timer));
}

const options = (run: RunData): vscode.ProgressOptions => ({
  location: vscode.ProgressLocation.Notification,
  title: forNotification(`Running \`${run.target.function}\``, 80),
  cancellable: true,
});

type Report = vscode.Progress<{ message?: string; increment?: number }>;

const follow = (handle: RunHandle) => async (progress: Report, token: vscode.CancellationToken) => {
  let shown = 0;
  const report = (run: RunData) => {
    const percent = run.plan.tasks ? (100 * doneOf(run)) / run.plan.tasks : 0;
    progress.report({ message: progressText(run), increment: percent - shown });
    shown = percent;
  };
  report(handle.data);
  const listening = handle.onUpdate(report);
  const cancelling = token.onCancellationRequested(() => {
    progress.report({ message: 'cancelling' });
    handle.cancel();
  });
  await handle.ended;
  listening.dispose();
  cancelling.dispose();
};

/** Waits for a turn and says so meanwhile; its Cancel gives the place in the line up. */
export function showWaiting(name: string, turns: Turns): Thenable<Release | undefined> {
  const title = forNotification(`\`${name}\` waits for the run before it`, 80);
  const abort = new AbortController();
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (_progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      return turns.next(abort.signal);
    },
  );
}
