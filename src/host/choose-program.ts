import * as vscode from 'vscode';

interface Way extends vscode.QuickPickItem {
  choose(): Promise<void>;
}

export interface ProgramChoice {
  readonly title: string;
  /** Name of the setting behind `corewise.` that holds the path; of scope `machine`, where a workspace cannot reach. */
  readonly setting: string;
  readonly file: { readonly detail: string; readonly title: string };
  /** Where one is looked for when none is chosen. */
  readonly search: string;
  /** Other ways, which come first. */
  readonly more?: readonly Way[];
}

/**
 * Lets a person say which program runs functions. It is kept in the user's settings, or, where VS Code works on another
 * machine, in those of that machine.
 */
export async function chooseProgram({ title, setting, file, search, more = [] }: ProgramChoice): Promise<void> {
  const keep = (path: string | undefined) => vscode.workspace.getConfiguration('corewise').update(setting, path, vscode.ConfigurationTarget.Global);
  const clear = async (): Promise<void> => {
    await keep(undefined);
    // Where VS Code works on another machine, one may also be named in settings that only a person can reach.
    const left = vscode.workspace.getConfiguration('corewise').get(setting, '');
    if (left !== '') await vscode.commands.executeCommand('workbench.action.openSettings', `@id:corewise.${setting}`);
  };
  const ways: Way[] = [
    ...more,
    {
      label: '$(folder-opened) Choose a file…',
      detail: file.detail,
      choose: async () => {
        const files = await vscode.window.showOpenDialog({ title: file.title, openLabel: 'Use it' });
        if (files?.[0]) await keep(files[0].fsPath);
      },
    },
    { label: '$(search) Look for one', detail: search, choose: clear },
  ];
  const chosen = await vscode.window.showQuickPick(ways, { title });
  await chosen?.choose();
}
