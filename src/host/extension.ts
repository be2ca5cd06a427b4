import { startedAt } from './started-at';
import type * as vscode from 'vscode';
import { DisposalStack } from '../base/disposal';
import type { Millis } from '../base/units';
import { registerCommands } from './commands';
import { RunLenses } from './editor/code-lens';
import { LastEditor } from './editor/last-editor';
import { StatusBar } from './editor/status-bar';
import { engineOptions, onEngineOptionsChange } from './engine-options';
import { EngineSlot } from './engine-slot';
import { RunHistory } from './history';
import { Recents } from './inputs/recents';
import { createLog } from './log';
import { ProfileView } from './profile-view';
import { EditorsChoice } from './python/editors-choice';
import { RewriteActions } from './rewrites/actions';
import { RewriteHints } from './rewrites/hints';
import { RewritePreviews } from './rewrites/preview';
import { Runs } from './runs/runs';
import { Turns } from './runs/turns';
import { readSettings } from './settings';

/** What other extensions get: the commands do the work, so this is about ourselves only. */
export interface Api {
  /** What this extension took of the start-up: reading its code and calling `activate`, without what is done in between. */
  readonly activatedInMs: Millis;
}

const loadedInMs = performance.now() - startedAt;

let engine: EngineSlot | undefined;

/** Composes the extension; nothing is started before somebody asks for it. */
export function activate(context: vscode.ExtensionContext): Api {
  const calledAt = performance.now();
  const parts = new DisposalStack();
  context.subscriptions.push(parts);

  const log = parts.add(createLog());
  const lastEditor = parts.add(new LastEditor());
  const history = new RunHistory(context.workspaceState, () => readSettings().historyLimit);
  const recents = new Recents(context.workspaceState);
  const choice = parts.add(new EditorsChoice((line) => log.warn(line)));
  const slot = (engine = new EngineSlot(() => engineOptions(context, log, choice)));
  const runs = parts.add(new Runs(slot, history, log));
  const profile = parts.add(new ProfileView(context.extensionUri, runs, history, log));
  const previews = parts.add(new RewritePreviews());
  const { extensionUri } = context;
  parts.add(
    registerCommands({ extensionUri, log, lastEditor, engine: slot, recents, history, turns: new Turns(), runs, profile, previews }),
  );
  parts.add(new StatusBar(runs));
  parts.add(new RunLenses(slot, log));
  parts.add(new RewriteActions(slot, log));
  parts.add(new RewriteHints(slot, log));
  parts.add(onEngineOptionsChange(choice, () => slot.renew()));
  return { activatedInMs: loadedInMs + performance.now() - calledAt };
}

/** Waits until every process of ours has gone; VS Code then disposes of what `activate` pushed. */
export async function deactivate(): Promise<void> {
  await engine?.dispose();
  engine = undefined;
}
