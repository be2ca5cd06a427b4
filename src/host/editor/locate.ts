import * as vscode from 'vscode';
import { basename } from 'node:path';
import { HumanError } from '../../base/human-error';
import type { Target } from '../../protocol/target';
import type { Engine } from '../../session/engine';
import type { FoundFunction, Refusal } from '../../source/found-function';
import type { RunArguments } from '../arguments';
import { counted } from '../plain-text';

/** A refusal with its place, so that a notification can offer to go there. */
export class RefusedError extends HumanError {
  constructor(
    readonly refusal: Refusal,
    readonly uri: vscode.Uri,
  ) {
    super(`${refusal.message} (${basename(uri.path)}:${refusal.line})`);
  }
}

/**
 * The function that a command is about, in the text that the document has now: by its name, by a position, or under
 * the cursor.
 * @throws HumanError where there is none, where a name is not enough, or where it cannot be run
 */
export async function locate(engine: Engine, document: vscode.TextDocument, args: RunArguments): Promise<FoundFunction> {
  const found =
    args.function === undefined
      ? await around(engine, document, selectionIn(document, args.position))
      : byName(await engine.list(document.uri.fsPath, document.getText()), args.function, args.position, document);
  if (found.refusal) throw new RefusedError(found.refusal, document.uri);
  return found;
}

/** The functions of a file that can be run. */
export async function runnable(engine: Engine, document: vscode.TextDocument): Promise<FoundFunction[]> {
  return (await engine.list(document.uri.fsPath, document.getText())).filter(({ refusal }) => !refusal);
}

/**
 * The same function in a text that may have changed since it was found: of that name, and nearest to where it was.
 * @throws HumanError where it is gone
 */
export async function locateAgain(engine: Engine, document: vscode.TextDocument, was: Pick<Target, 'function' | 'line'>) {
  return locate(engine, document, { function: was.function, position: { line: was.line - 1, character: 0 } });
}

async function around(engine: Engine, document: vscode.TextDocument, selection: vscode.Range | undefined) {
  if (!selection) return onlyOne(await runnable(engine, document), document);
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const at = await engine.at(document.uri.fsPath, document.getText(), start, end);
  if (!at.ok) throw new RefusedError(at.error, document.uri);
  return at.value;
}

/** Where a command points at in a document, if anywhere. */
export function selectionIn(document: vscode.TextDocument, position: RunArguments['position']): vscode.Range | undefined {
  if (position) {
    const at = new vscode.Position(position.line, position.character);
    return new vscode.Range(at, at);
  }
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
  return [active, ...visible].find((editor) => editor?.document === document)?.selection;
}

function onlyOne(functions: FoundFunction[], document: vscode.TextDocument): FoundFunction {
  const [only] = functions;
  if (only && functions.length === 1) return only;
  const has = `${basename(document.uri.path)} has ${counted(functions.length, 'function')} that can be run`;
  throw new HumanError(`${has}: which one is not said.`, 'Give `function` or `position`.');
}

function byName(
  functions: FoundFunction[],
  name: string,
  near: RunArguments['position'],
  document: vscode.TextDocument,
): FoundFunction {
  const named = functions.filter((found) => found.name === name);
  const file = basename(document.uri.path);
  if (named.length === 0) throw new HumanError(`There is no function \`${name}\` in ${file}.`, didYouMean(functions, name));
  if (near === undefined && named.length > 1) {
    const lines = named.map(({ line }) => line).join(', ');
    throw new HumanError(`${file} has several functions \`${name}\`, on lines ${lines}.`, 'Give `position` too.');
  }
  const distance = (found: FoundFunction) => Math.abs(found.line - 1 - (near?.line ?? 0));
  return named.reduce((best, found) => (distance(found) < distance(best) ? found : best));
}

function didYouMean(functions: FoundFunction[], name: string): string {
  const alike = functions.find((found) => found.name.toLowerCase() === name.toLowerCase() || found.name.endsWith(`.${name}`));
  if (alike) return `Did you mean \`${alike.name}\`?`;
  const names = functions.slice(0, 5).map((found) => `\`${found.name}\``);
  return names.length === 0 ? '' : `It has ${names.join(', ')}${functions.length > 5 ? ', …' : ''}.`;
}

export const targetOf = (document: vscode.TextDocument, found: FoundFunction): Target => ({
  language: found.language,
  file: document.uri.fsPath,
  function: found.name,
  line: found.line,
  column: found.column,
});
