import type * as vscode from 'vscode';

/** VS Code's ids of the languages whose functions can be run. */
export const runnableLanguages = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python'] as const;

/** Files on disk only: a runner cannot load anything else. */
export const runnableDocuments: vscode.DocumentSelector = runnableLanguages.map((language) => ({
  language,
  scheme: 'file',
}));

export const isRunnable = (languageId: string): boolean =>
  (runnableLanguages as readonly string[]).includes(languageId);
