import * as vscode from 'vscode';
import type { EngineSlot } from '../engine-slot';
import type { Log } from '../log';
import { readSettings } from '../settings';
import { isRewritable } from './languages';

/** How long nobody types before a file is looked at again, ms. */
const pause = 800;
const longestText = 1 << 19;

/** Places where waiting could overlap, as the quietest kind of diagnostic; off until somebody wants them. */
export class RewriteHints implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('corewise');
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #listening = vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(() => this.#lookAtVisible()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('corewise.hints')) this.#lookAtVisible();
    }),
  );

  constructor(
    private readonly engine: EngineSlot,
    private readonly log: Log,
  ) {
    this.#lookAtVisible();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#diagnostics.dispose();
  }

  #lookAtVisible(): void {
    for (const { document } of vscode.window.visibleTextEditors) this.#soon(document);
  }

  #soon(document: vscode.TextDocument): void {
    const { uri } = document;
    if (uri.scheme !== 'file' || !isRewritable(document.languageId)) return;
    clearTimeout(this.#timers.get(uri.toString()));
    if (!readSettings(uri).hints) return this.#forget(uri);
    this.#timers.set(uri.toString(), setTimeout(() => void this.#look(document), pause));
  }

  async #look(document: vscode.TextDocument): Promise<void> {
    const { uri, version } = document;
    const text = document.getText();
    if (document.isClosed || text.length > longestText) return;
    try {
      const hints = await (await this.engine.get()).rewriteHints(uri.fsPath, text);
      if (document.version !== version || document.isClosed) return;
      this.#diagnostics.set(uri, hints.map(({ start, end, message, recipe }) => {
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Hint);
        diagnostic.source = 'Corewise';
        if (recipe) diagnostic.code = recipe;
        return diagnostic;
      }));
    } catch (fault) {
      this.log.debug(`No hints for ${uri.fsPath}: ${String(fault)}`);
    }
  }

  #forget(uri: vscode.Uri): void {
    clearTimeout(this.#timers.get(uri.toString()));
    this.#timers.delete(uri.toString());
    this.#diagnostics.delete(uri);
  }
}
