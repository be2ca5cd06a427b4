import * as vscode from 'vscode';
import type { Engine } from '../../session/engine';
import type { FoundFunction } from '../../source/found-function';
import type { RunArguments } from '../arguments';
import { forLabel } from '../plain-text';
import { locate, RefusedError, runnable, selectionIn } from './locate';

/**
 * {@link locate} for a person at the keyboard. A callback under the cursor cannot be run by itself: then the function
 * around it is meant, and what follows shows its name. Outside of every function, the file's functions are offered.
 * @returns `undefined` where the person has left the picker
 */
export async function locateOrChoose(
  engine: Engine,
  document: vscode.TextDocument,
  args: RunArguments,
): Promise<FoundFunction | undefined> {
  try {
    return await locate(engine, document, args);
  } catch (refused) {
    if (!(refused instanceof RefusedError) || args.function !== undefined) throw refused;
    const functions = await runnable(engine, document);
    if (functions.length === 0) throw refused;
    const around = enclosing(functions, document, selectionIn(document, args.position));
    return around ?? choose(functions, refused.refusal.message);
  }
}

function enclosing(functions: FoundFunction[], document: vscode.TextDocument, selection: vscode.Range | undefined) {
  if (!selection) return undefined;
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const size = ({ range }: FoundFunction) => range.end - range.start;
  return functions
    .filter(({ range }) => range.start <= start && end <= range.end)
    .sort((a, b) => size(a) - size(b))[0];
}

async function choose(functions: FoundFunction[], why: string): Promise<FoundFunction | undefined> {
  const items = functions.map((found) => ({
    found,
    label: `$(symbol-function) ${forLabel(signature(found))}`,
    description: `line ${found.line}${found.async ? ', async' : ''}`,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: forLabel(why), placeHolder: 'Which function?' });
  return chosen?.found;
}

/** `countPrimes(limit)` */
export const signature = ({ name, parameters }: FoundFunction): string => `${name}(${parameters.names.join(', ')})`;
