import * as vscode from 'vscode';
import type { RunReport } from '../../src/protocol/report';

export type RunCommand = 'runOnWorkerPool' | 'runWithGather' | 'runSequentially' | 'rerun';

/** Calls a run command as another extension would. */
export async function run(command: RunCommand, argument?: object): Promise<RunReport> {
  return vscode.commands.executeCommand<RunReport>(`corewise.${command}`, argument);
}

/** The values of a run in the order of its inputs. */
export const valuesOf = (report: RunReport): unknown[] =>
  (report.results ?? []).map((result) => ('value' in result ? result.value : result.preview));
