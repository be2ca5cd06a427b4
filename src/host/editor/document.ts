import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { HumanError } from '../../base/human-error';
import type { RunArguments } from '../arguments';
import { isRunnable } from './languages';

/**
 * The file that a command is about: the one that it was given, else the editor's.
 * @throws HumanError where there is none, or none that can be run
 */
export async function documentFor({ uri }: Pick<RunArguments, 'uri'>, editor?: vscode.TextEditor): Promise<vscode.TextDocument> {
  const document = uri === undefined ? editor?.document : await open(toUri(uri));
  if (!document) throw new HumanError('There is no file to run a function of.', 'Open a JavaScript, TypeScript or Python file.');
  const name = basename(document.uri.path);
  if (document.uri.scheme === 'vscode-notebook-cell') {
    throw new HumanError(`Cells of a notebook (${name}) cannot be run by Corewise yet.`, 'Put the function into a file, and import it in the notebook.');
  }
  if (document.isUntitled) {
    throw new HumanError(`${name} is not on disk yet.`, 'Save it first: its imports start from where it is.');
  }
  if (document.uri.scheme !== 'file') {
    throw new HumanError(`${name} is not on this disk (it is ${document.uri.scheme}:).`, 'Open the folder itself.');
  }
  if (!isRunnable(document.languageId)) {
    throw new HumanError(`${name} is ${document.languageId}.`, 'Corewise runs functions of JavaScript, TypeScript and Python.');
  }
  return document;
}

export function toUri(uri: string | { scheme: string; path: string }): vscode.Uri {
  if (typeof uri !== 'string') return vscode.Uri.from({ ...uri, scheme: uri.scheme, path: uri.path });
  return /^[a-z][a-z\d+.-]+:/i.test(uri) ? vscode.Uri.parse(uri, true) : vscode.Uri.file(uri);
}

async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (cause) {
    throw new HumanError(`${uri.fsPath} cannot be read.`, 'Check the path.', { cause });
  }
}

/** Where `@path` and the user's own code start from: the workspace folder, as in its terminal. */
export function baseFolder({ uri }: vscode.TextDocument): string {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(uri.fsPath);
}

/** The texts of editors that are not saved, by path, and that of `document` in any case. */
export function unsavedTexts(document: vscode.TextDocument): Map<string, string> {
  const texts = new Map([[document.uri.fsPath, document.getText()]]);
  for (const other of vscode.workspace.textDocuments) {
    if (other.isDirty && other.uri.scheme === 'file') texts.set(other.uri.fsPath, other.getText());
  }
  return texts;
}
