import * as vscode from 'vscode';
import type { Engine } from '../../session/engine';
import { RefusedError } from '../../session/refused-error';
import type { SliceWarning } from '../../source/slice';
import type { FoundFunction } from '../../source/found-function';
import { baseFolder, unsavedTexts } from '../editor/document';
import { targetOf } from '../editor/locate';
import { shownCalls } from './preview-text';
import { offersFor } from './offers';
import { notesOf } from './notes';
import { pickInputs, type Chosen } from './picker';
import type { Recents } from './recents';

/** Asks for the inputs of a function. `initial` is put into the box, to be edited. */
export function askInputs(
  engine: Engine,
  recents: Recents,
  title: string,
  document: vscode.TextDocument,
  found: FoundFunction,
  initial = '',
): Promise<Chosen | undefined> {
  const file = document.uri.fsPath;
  const offers = offersFor(found, recents.of(file, found.name), Date.now());
  return pickInputs(
    title,
    offers,
    {
      name: found.name,
      baseFolder: baseFolder(document),
      syntax: async (expression) => (await engine.checkInputs(expression, found))?.message ?? null,
      harmless: (expression) => engine.isHarmless(expression, found),
      evaluate: (inputs) =>
        engine.previewInputs(
          {
            target: targetOf(document, found),
            unsaved: unsavedTexts(document),
            inputs,
            plan: { model: 'sequential' },
            cwd: baseFolder(document),
          },
          shownCalls,
        ),
      notes: async () => notesOf(await warningsOf(engine, document, found)),
      reveal: (line) => void reveal(document, line),
    },
    initial,
  );
}

/** What a run would warn of, as far as the code alone tells. What goes wrong here, the run says with more room. */
async function warningsOf(engine: Engine, document: vscode.TextDocument, found: FoundFunction): Promise<readonly SliceWarning[]> {
  try {
    const inputs = { kind: 'repeat', times: 1 } as const;
    return (await engine.slice({ target: targetOf(document, found), unsaved: unsavedTexts(document), inputs })).warnings;
  } catch (fault) {
    return fault instanceof RefusedError ? [{ code: 'refused', message: fault.message, line: fault.line }] : [];
  }
}

/** Shows a line beside the picker, which keeps the focus. */
async function reveal(document: vscode.TextDocument, line: number): Promise<void> {
  const range = document.lineAt(Math.min(line, document.lineCount) - 1).range;
  await vscode.window.showTextDocument(document, { selection: range, preserveFocus: true });
}
