import type * as vscode from 'vscode';
import type { Engine } from '../../session/engine';
import type { FoundFunction } from '../../source/found-function';
import { baseFolder, unsavedTexts } from '../editor/document';
import { targetOf } from '../editor/locate';
import { shownCalls } from './preview-text';
import { offersFor } from './offers';
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
    },
    initial,
  );
}
