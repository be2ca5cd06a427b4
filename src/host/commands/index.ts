import * as vscode from 'vscode';
import { isFromProgram } from '../arguments';
import { tell, tellError } from '../messages';
import { choosePython } from '../python/choose-python';
import { afterRewrite } from '../rewrites/after';
import type { Services } from '../services';
import { UntrustedError } from '../trust';
import { exportProfile } from './export-profile';
import { insertSnippet } from './insert-snippet';
import { rerun } from './rerun';
import { runFunction } from './run';
import { setInputs } from './set-inputs';
import { wrap } from './wrap';

type Command = (argument: unknown) => unknown;

/** Every command, by its id. */
export function registerCommands(services: Services): vscode.Disposable {
  const commands: Record<string, Command> = {
    'corewise.runOnWorkerPool': (argument) => runFunction(services, 'pool', argument),
    'corewise.runWithGather': (argument) => runFunction(services, 'gather', argument),
    'corewise.runSequentially': (argument) => runFunction(services, 'sequential', argument),
    'corewise.rerun': (argument) => rerun(services, argument),
    'corewise.cancelRun': () => cancelRun(services),
    'corewise.setInputs': (argument) => setInputs(services, argument),
    'corewise.choosePython': () => choosePython(),
    'corewise.wrapAsCpuTask': (argument) => wrap(services, 'cpu', argument),
    'corewise.wrapInGather': (argument) => wrap(services, 'gather', argument),
    '_corewise.afterRewrite': (argument) => afterRewrite(argument),
    'corewise.insertSnippet': (argument) => insertSnippet(services, argument),
    'corewise.showProfile': () => services.profile.show(),
    'corewise.exportProfile': (argument) => exportProfile(services, argument),
    'corewise.showOutput': () => services.log.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([id, command]) =>
      vscode.commands.registerCommand(id, (argument: unknown) => attempt(services, command, argument)),
    ),
  );
}

/** A person is told of what goes wrong; a program gets the error, and nothing appears on the screen. */
async function attempt(services: Services, command: Command, argument: unknown): Promise<unknown> {
  try {
    return await command(argument);
  } catch (error) {
    if (isFromProgram(argument) || (argument != null && error instanceof UntrustedError)) throw error;
    tellError(error, services.log);
    return undefined;
  }
}

function cancelRun({ runs }: Services): boolean {
  const cancelled = runs.cancel();
  if (!cancelled) tell('information', 'Corewise is not running anything.', []);
  return cancelled;
}
