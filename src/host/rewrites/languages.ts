import type * as vscode from 'vscode';

/** VS Code's ids of the languages whose code can be rewritten. */
export const rewritableLanguages = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python'] as const;

/** Files on disk: a new file is written beside them, and imports start from where they are. */
export const rewritableDocuments: vscode.DocumentSelector = rewritableLanguages.map((language) => ({ language, scheme: 'file' }));

export const isRewritable = (languageId: string): boolean => (rewritableLanguages as readonly string[]).includes(languageId);
