import { relative } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { EditPlan } from '../../rewrite/edit-plan';
import { installerFor } from '../../session/rewrite/package-manager';
import { tell } from '../messages';
import { forNotification } from '../plain-text';

/** What is left when a rewrite has been applied: packages to install, places to look after. */
export function tellWhatIsLeft(document: vscode.Uri, { packages, leftToDo }: Pick<EditPlan, 'packages' | 'leftToDo'>): void {
  const [first] = leftToDo;
  if (first) {
    const more = leftToDo.length > 1 ? ` ${leftToDo.length - 1} more to look after.` : '';
    const goTo = { title: 'Go to Line', run: () => show(document, first.line) };
    tell('warning', forNotification(`Line ${first.line}: ${first.message}${more}`, 500), [goTo]);
  }
  if (packages.length > 0) offerPackages(document, packages);
}

/** Installing changes package.json and runs the package manager: only when somebody says so, in a terminal, where it is seen. */
function offerPackages(document: vscode.Uri, packages: readonly string[]): void {
  const names = packages.join(' and ');
  const installer = installerFor(document.fsPath, packages);
  if (!installer) return tell('information', `The new code imports ${names}, and there is no package.json to add it to.`, []);
  if (!vscode.workspace.isTrusted) return tell('information', `The new code imports ${names}: \`${installer.command}\` adds it, once this folder is trusted.`, []);
  const folder = vscode.workspace.getWorkspaceFolder(document)?.uri.fsPath;
  const where = folder && folder !== installer.folder ? ` in ${relative(folder, installer.folder)}` : '';
  tell('information', forNotification(`The new code imports ${names}. Run \`${installer.command}\`${where}?`), [
    {
      title: 'Install',
      run: () => {
        const terminal = vscode.window.createTerminal({ name: `Install ${names}`, cwd: installer.folder });
        terminal.show();
        terminal.sendText(installer.command);
      },
    },
  ]);
}

const argumentSchema = v.object({
  uri: v.string(),
  packages: v.array(v.pipe(v.string(), v.regex(/^[a-z\d][a-z\d._-]*$/))),
  leftToDo: v.array(v.object({ line: v.number(), message: v.string() })),
});

/** After a rewrite of the lightbulb, which VS Code applies itself. */
export function afterRewrite(argument: unknown): void {
  const read = v.safeParse(argumentSchema, argument);
  if (read.success) tellWhatIsLeft(vscode.Uri.parse(read.output.uri, true), read.output);
}

function show(uri: vscode.Uri, line: number): Thenable<unknown> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  return vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at) });
}
