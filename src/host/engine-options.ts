import * as vscode from 'vscode';
import type { EngineOptions } from '../session/engine';
import type { Log } from './log';
import { readSettings } from './settings';
import { userEnvironment } from './user-environment';

/** What the engine is made from, as the settings are now. */
export function engineOptions(context: vscode.ExtensionContext, log: Log): EngineOptions {
  const { nodePath, keepSpareRunner } = readSettings();
  // A window without a folder has no storage of its own.
  const storage = context.storageUri ?? context.globalStorageUri;
  return {
    dist: vscode.Uri.joinPath(context.extensionUri, 'dist').fsPath,
    cache: vscode.Uri.joinPath(storage, 'modules').fsPath,
    ...(nodePath === '' ? {} : { nodePath }),
    ...workspaceFolders(),
    spare: keepSpareRunner,
    env: userEnvironment(process.env),
    log: (line) => log.info(line),
  };
}

function workspaceFolders(): Pick<EngineOptions, 'workspace'> {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.fsPath) ?? [];
  return folders.length === 0 ? {} : { workspace: folders };
}

/** Calls `listener` when an engine that was made before is not as it should be any more. */
export function onEngineOptionsChange(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(listener),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('corewise.nodePath') || change.affectsConfiguration('corewise.keepSpareRunner')) listener();
    }),
  );
}
