import * as vscode from 'vscode';
import type { FoundFunction } from '../../source/found-function';
import type { RunArguments } from '../arguments';
import type { EngineSlot } from '../engine-slot';
import type { Log } from '../log';
import { readSettings } from '../settings';
import { runnableDocuments } from './languages';
import { runnable } from './locate';

/** Longer files are generated or bundled, and nobody reads the lines above their functions. */
const longestText = 1 << 20;

/**
 * The line above each function that can be run. It names the function and not only its place, so that a lens which is
 * older than the text can never run another function.
 */
export class RunLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #listening = vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(runnableDocuments, this),
    vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('corewise.codeLens')) this.#changed.fire();
    }),
  );

  constructor(
    private readonly engine: EngineSlot,
    private readonly log: Log,
  ) {}

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async provideCodeLenses(document: vscode.TextDocument, token: vscode.CancellationToken): Promise<vscode.CodeLens[]> {
    if (!vscode.workspace.isTrusted || !readSettings(document.uri).codeLens) return [];
    if (document.getText().length > longestText) return [];
    const { version } = document;
    try {
      const functions = await runnable(await this.engine.get(), document);
      // Offsets of an older text would put the lines elsewhere; VS Code asks again.
      const outdated = token.isCancellationRequested || document.version !== version;
      return outdated ? [] : functions.flatMap((found) => lensesFor(document, found));
    } catch (fault) {
      // A file that cannot be read is no reason to disturb anyone.
      this.log.debug(`No lenses for ${document.uri.fsPath}: ${String(fault)}`);
      return [];
    }
  }
}

function lensesFor(document: vscode.TextDocument, found: FoundFunction): vscode.CodeLens[] {
  const at = new vscode.Range(document.positionAt(found.nameRange.start), document.positionAt(found.nameRange.end));
  const position = { line: at.start.line, character: at.start.character };
  const args: RunArguments = { uri: document.uri.toString(), function: found.name, position };
  const lens = (title: string, command: string, tooltip: string) =>
    new vscode.CodeLens(at, { title, command, tooltip, arguments: [args] });
  const pool = lens('▷ Run on every core', 'corewise.runOnWorkerPool', 'Corewise: run this function on a pool of workers');
  if (!found.async) return [pool];
  return [pool, lens('gather', 'corewise.runWithGather', 'Corewise: run the calls at once in one event loop')];
}
