import * as vscode from 'vscode';
import { chooseProgram } from '../choose-program';
import { requireTrust } from '../trust';
import { pythonExtension } from './editors-choice';

/** Lets a person say which Python runs functions: for Corewise alone, or, where there is the Python extension, for everything. */
export async function choosePython(): Promise<void> {
  requireTrust();
  await chooseProgram({
    title: 'The Python that runs your functions',
    setting: 'pythonPath',
    file: { detail: 'The program python (python.exe on Windows), 3.9 or newer', title: 'The program of a Python' },
    search: 'What the Python extension has chosen, the project’s .venv, or what is on the PATH',
    more: vscode.extensions.getExtension(pythonExtension)
      ? [
          {
            label: '$(symbol-misc) Choose in the Python extension…',
            detail: 'For this folder, and for everything that asks the extension',
            choose: async () => void (await vscode.commands.executeCommand('python.setInterpreter')),
          },
        ]
      : [],
  });
}
