import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { EditPlan } from '../../rewrite/edit-plan';

/**
 * A plan as one workspace edit: the changed file and the new ones are undone together.
 * @param confirm show VS Code's own preview, with what changes in behaviour, before anything is changed
 */
export function toWorkspaceEdit(document: vscode.TextDocument, plan: EditPlan, confirm: boolean): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const about: vscode.WorkspaceEditEntryMetadata | undefined = confirm
    ? { needsConfirmation: true, label: plan.title, description: [...plan.changes, ...plan.leftToDo.map(({ line, message }) => `Line ${line}: ${message}`)].join(' ') }
    : undefined;
  for (const { name, text } of plan.newFiles) {
    const uri = vscode.Uri.file(join(dirname(document.uri.fsPath), name));
    edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) }, about);
  }
  for (const { start, end, newText } of plan.edits) {
    edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText, about);
  }
  return edit;
}
