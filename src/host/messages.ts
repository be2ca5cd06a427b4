import * as vscode from 'vscode';
import { HumanError } from '../base/human-error';
import { RefusedError } from './editor/locate';
import type { Log } from './log';
import { forNotification } from './plain-text';
import { UntrustedError } from './trust';

/** A button of a notification, and what it does. */
export interface Action {
  readonly title: string;
  run(): unknown;
}

export const runCommand = (title: string, command: string, ...args: unknown[]): Action => ({
  title,
  run: () => vscode.commands.executeCommand(command, ...args),
});

export const showOutput = runCommand('Show Output', 'corewise.showOutput');

/** Shows a notification and does what is chosen. Returns at once: it may stay on the screen for hours. */
export function tell(severity: 'information' | 'warning' | 'error', text: string, actions: readonly Action[]): void {
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[severity];
  const titles = actions.map(({ title }) => title);
  void show(text, ...titles).then((chosen) => actions.find(({ title }) => title === chosen)?.run());
}

/** Shows what went wrong, with the step that mends it. */
export function tellError(error: unknown, log: Log): void {
  if (!(error instanceof HumanError)) {
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return tell('error', forNotification(`Corewise has failed: ${String(error)}`), [showOutput]);
  }
  const text = [error.message, error.nextStep].filter(Boolean).join(' ');
  log.warn(text);
  tell('warning', forNotification(text), stepsFor(error));
}

function stepsFor(error: HumanError): Action[] {
  if (error instanceof UntrustedError) return [runCommand('Manage Workspace Trust', 'workbench.trust.manage')];
  if (error instanceof RefusedError) return [{ title: 'Go to Line', run: () => goTo(error) }];
  return [];
}

function goTo({ uri, refusal }: RefusedError): Thenable<unknown> {
  const at = new vscode.Position(Math.max(0, refusal.line - 1), 0);
  return vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
