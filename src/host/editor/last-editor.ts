import * as vscode from 'vscode';
import { isRunnable } from './languages';

/**
 * The editor that a command without a file is about: the active one, or, while the profile or another view is in
 * front, the last one that was.
 */
export class LastEditor implements vscode.Disposable {
  #last = vscode.window.activeTextEditor;
  readonly #listening = vscode.window.onDidChangeActiveTextEditor((editor) => {
    if (editor && isRunnable(editor.document.languageId)) this.#last = editor;
  });

  get current(): vscode.TextEditor | undefined {
    const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
    if (active) return active;
    return visible.find((editor) => editor.document === this.#last?.document);
  }

  dispose(): void {
    this.#listening.dispose();
  }
}
