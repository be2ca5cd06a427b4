import * as vscode from 'vscode';
import { HumanError } from '../base/human-error';

/** Thrown by every command that would run code, or look for programs, in a folder that is not trusted. */
export class UntrustedError extends HumanError {
  constructor() {
    super(
      'Corewise runs code of this folder, and the folder is not trusted: nothing was run.',
      'Trust it first, if you know who wrote the code.',
    );
  }
}

/** @throws UntrustedError in Restricted Mode. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new UntrustedError();
}
