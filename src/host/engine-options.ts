import * as vscode from 'vscode';
import type { EngineOptions } from '../session/engine';
import { cleanEnvironment } from '../session/node/environment';
import type { Log } from './log';
import type { EditorsChoice } from './python/editors-choice';
import { readSettings } from './settings';

/** What the engine is made from, as the settings are now. */
export function engineOptions(context: vscode.ExtensionContext, log: Log, choice: EditorsChoice): EngineOptions {
  const { nodePath, pythonPath, keepSpareRunner } = readSettings();
  // A window without a folder has no storage of its own.
  const storage = context.storageUri ?? context.globalStorageUri;
  return {
    dist: vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath,
    cache: vscode.Uri.joinPath(storage, 'modules').fsPath,
    ...(nodePath === '' ? {} : { nodePath }),
    ...(pythonPath === '' ? {} : { pythonPath }),
    chosenPython: (file) => choice.of(file),
    ...workspaceFolders(),
    spare: keepSpareRunner,
    env: cleanEnvironment(process.env),
    log: (line) => log.info(line),
  };
}

function workspaceFolders(): Pick<EngineOptions, 'workspace'> {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.fsPath) ?? [];
  return folders.length === 0 ? {} : { workspace: folders };
}

const madeFrom = ['corewise.nodePath', 'corewise.pythonPath', 'corewise.keepSpareRunner'];

/** Calls `listener` when an engine that was made before is not as it should be any more. */
export function onEngineOptionsChange(choice: EditorsChoice, listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(listener),
    choice.onDidChange(listener),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (madeFrom.some((setting) => change.affectsConfiguration(setting))) listener();
    }),
  );
}
