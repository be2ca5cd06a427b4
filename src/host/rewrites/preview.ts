import { basename } from 'node:path';
import * as vscode from 'vscode';
import { applyPlan } from '../../rewrite/apply';
import type { EditPlan } from '../../rewrite/edit-plan';
import { forLabel } from '../plain-text';

const scheme = 'corewise-rewrite';

/** What the person wants to be done with a rewrite that they look at. */
export type Choice = 'apply' | 'verify';

interface Item extends vscode.QuickPickItem {
  readonly choice?: Choice;
  readonly line?: number;
}

/** Files as they would be after a rewrite: read-only documents that a diff shows. */
export class RewritePreviews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  #last = 0;

  dispose(): void {
    this.#registered.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /**
   * Shows what would change, in the code and in its behaviour, and asks.
   * @param evidence sentences of an earlier verification
   * @returns `undefined` where the person leaves it
   */
  async ask(document: vscode.TextDocument, plan: EditPlan, evidence: readonly string[]): Promise<Choice | undefined> {
    const after = document.uri.with({ scheme, query: String(++this.#last) });
    this.#texts.set(after.toString(), applyPlan(document.getText(), plan.edits));
    const newFiles = plan.newFiles.map(({ name, text }) => {
      const uri = vscode.Uri.joinPath(document.uri, '..', name).with({ scheme, query: String(this.#last) });
      this.#texts.set(uri.toString(), text);
      return uri;
    });
    try {
      for (const uri of newFiles) await vscode.window.showTextDocument(uri, { preview: false, preserveFocus: true });
      await vscode.commands.executeCommand('vscode.diff', document.uri, after, `${basename(document.uri.path)}: ${plan.title}`, { preview: true });
      return await pick(document, plan, evidence);
    } finally {
      await closeTabs(new Set([after, ...newFiles].map(String)));
      for (const uri of [after, ...newFiles]) this.#texts.delete(uri.toString());
    }
  }
}

function pick(document: vscode.TextDocument, plan: EditPlan, evidence: readonly string[]): Promise<Choice | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = forLabel(plan.title);
  picker.placeholder = 'Apply this rewrite?';
  picker.ignoreFocusOut = true;
  picker.items = itemsOf(plan, evidence);
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item?.line !== undefined) void reveal(document, item.line);
      if (!item?.choice) return;
      resolve(item.choice);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemsOf(plan: EditPlan, evidence: readonly string[]): Item[] {
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const said = (text: string, icon: string): Item => ({ label: `$(${icon}) ${forLabel(text, 400)}`, alwaysShow: true });
  const files = plan.newFiles.map(({ name }) => `adds ${name}`).join(', ');
  return [
    { label: '$(check) Apply', description: files, choice: 'apply' },
    ...(plan.newFiles.length === 0 && vscode.workspace.isTrusted
      ? [{ label: '$(beaker) Verify…', description: 'Run the function before and after, on inputs that you give', choice: 'verify' } as const]
      : []),
    ...(evidence.length > 0 ? [separator('Verified'), ...evidence.map((it) => said(it, 'pass'))] : []),
    separator('What changes'),
    ...plan.changes.map((it) => said(it, 'info')),
    ...(plan.leftToDo.length > 0 ? [separator('Left to do'), ...plan.leftToDo.map((it) => ({ ...said(it.message, 'warning'), description: `line ${it.line}`, line: it.line }))] : []),
  ];
}

function reveal(document: vscode.TextDocument, line: number): Thenable<unknown> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  return vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at), preserveFocus: true });
}

async function closeTabs(uris: ReadonlySet<string>): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(({ input }) => {
    const uri = input instanceof vscode.TabInputTextDiff ? input.modified : input instanceof vscode.TabInputText ? input.uri : undefined;
    return uri !== undefined && uris.has(uri.toString());
  });
  if (ours.length > 0) await vscode.window.tabGroups.close(ours, true);
}
