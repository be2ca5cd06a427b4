import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { compile, makeWorkspace, runDriver, writeCase } from '../unit/snippets/case-folder';
import { snippetCases } from '../unit/snippets/cases';
import { expandSnippet } from '../unit/snippets/expand';
import { byPrefix, languages, readSnippets, type SnippetLanguage } from '../unit/snippets/snippet-files';

/** Inserts a contributed snippet by its name into an empty editor, as the snippet picker does; gives the text. */
async function insertByName(name: string, language: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument({ language, content: '' });
  const editor = await vscode.window.showTextDocument(document);
  editor.options = { insertSpaces: true, tabSize: 2 };
  await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: language, name });
  // Closing an untitled editor would ask whether to save it; an empty one goes without a question.
  const text = document.getText();
  await vscode.commands.executeCommand('leaveSnippet');
  await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, document.lineCount, 0)));
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return text;
}

async function suggestedPrefixes(language: string): Promise<string[]> {
  const document = await vscode.workspace.openTextDocument({ language, content: 'cw-' });
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    new vscode.Position(0, 3),
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label)).filter((label) => label.startsWith('cw-'));
}

describe('snippets in the editor', function () {
  this.timeout(180_000);

  for (const language of ['javascript', 'javascriptreact', 'typescript', 'typescriptreact']) {
    it(`are suggested in ${language}`, async () => {
      const base = language.replace('react', '') as SnippetLanguage;
      assert.deepEqual([...new Set(await suggestedPrefixes(language))].sort(), [...byPrefix(base).keys()].sort());
    });
  }

  for (const language of languages) {
    describe(language, () => {
      const workspace = makeWorkspace();
      const inserted = new Map<string, string>();
      after(() => workspace.remove());

      for (const [name, { prefix, body }] of Object.entries(readSnippets(language))) {
        it(`"${name}" is inserted as its defaults read`, async () => {
          const text = await insertByName(name, language);
          assert.equal(text.replaceAll('\r\n', '\n'), expandSnippet(body).replaceAll('\t', '  '));
          inserted.set(prefix, text);
        });
      }

      it('compile and run as they were inserted', async () => {
        const paths: string[] = [];
        for (const [i, snippetCase] of snippetCases.entries()) {
          paths.push(...(await writeCase(join(workspace.folder, String(i)), language, snippetCase, (prefix) => inserted.get(prefix)!)));
        }
        assert.deepEqual(compile(paths, language), []);
        for (const [i, { driver, prints, exitCode = 0 }] of snippetCases.entries()) {
          if (process.platform === 'win32' && exitCode !== 0) continue;
          const end = await runDriver(join(workspace.folder, String(i)), driver);
          assert.deepEqual(end, { stdout: `${prints.join('\n')}\n`, stderr: '', exitCode });
        }
      });
    });
  }
});
