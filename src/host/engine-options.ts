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
    spare: keepSpareRunner,
    env: userEnvironment(process.env),
    log: (line) => log.info(line),
  };
}
