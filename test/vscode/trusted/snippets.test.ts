import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findPython, isAtLeast } from '../../python-interpreter';
import { compile, makeWorkspace, runDriver, writeCase } from '../../unit/snippets/case-folder';
import { snippetCases } from '../../unit/snippets/cases';
import { expandSnippet } from '../../unit/snippets/expand';
import { makeFolder, runProgram, writeCase as writePythonCase } from '../../unit/snippets/python/case-folder';
import { pythonCases } from '../../unit/snippets/python/cases';
import { byPrefix, readSnippets, scriptLanguages, type SnippetLanguage } from '../../unit/snippets/snippet-files';

async function openEmpty(language: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language, content: '' });
  const editor = await vscode.window.showTextDocument(document);
  editor.options = { insertSpaces: true, tabSize: 2 };
  return editor;
}

/** Inserts a contributed snippet by its name, as the snippet picker does; gives the text and leaves the editor empty. */
async function insertByName(name: string, editor: vscode.TextEditor): Promise<string> {
  const { document } = editor;
  await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: document.languageId, name });
  const text = document.getText();
  await vscode.commands.executeCommand('leaveSnippet');
  await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, document.lineCount, 0)));
  return text;
}

async function suggestedPrefixes(language: string): Promise<string[]> {
  const document = await vscode.workspace.openTextDocument({ language, content: 'cw-' });
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    new vscode.Position(0, 3),
  );
  const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
  // Emmet offers `cw-` itself as a tag.
  return labels.filter((label) => /^cw-./.test(label));
}

describe('snippets in the editor', function () {
  this.timeout(180_000);

  for (const language of ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python']) {
    it(`are suggested in ${language}`, async () => {
      const base = language.replace('react', '') as SnippetLanguage;
      assert.deepEqual([...new Set(await suggestedPrefixes(language))].sort(), [...byPrefix(base).keys()].sort());
    });
  }

  for (const language of scriptLanguages) {
    describe(language, () => {
      const workspace = makeWorkspace();
      const inserted = new Map<string, string>();
      let editor: vscode.TextEditor;
      before(async () => void (editor = await openEmpty(language)));
      // An empty untitled editor closes without a question.
      after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
      after(() => workspace.remove());

      for (const [name, { prefix, body }] of Object.entries(readSnippets(language))) {
        it(`"${name}" is inserted as its defaults read`, async () => {
          const text = await insertByName(name, editor);
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

  it('are inserted by our own command, from the file of the language', async () => {
    for (const [language, first] of [['python', 'user, orders = await asyncio.gather('], ['typescript', 'const [user, orders] = await Promise.all(']] as const) {
      const { document } = await openEmpty(language);
      await vscode.commands.executeCommand('corewise.insertSnippet', { name: 'cw-gather' });
      assert.ok(document.getText().startsWith(first), document.getText());
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  describe('python', () => {
    const workspace = makeFolder();
    const inserted = new Map<string, string>();
    let editor: vscode.TextEditor;
    before(async () => void (editor = await openEmpty('python')));
    after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
    after(() => workspace.remove());

    for (const [name, { prefix, body }] of Object.entries(readSnippets('python'))) {
      it(`"${name}" is inserted as its defaults read`, async () => {
        const text = await insertByName(name, editor);
        assert.equal(text.replaceAll('\r\n', '\n'), expandSnippet(body).replaceAll('\t', '  '));
        inserted.set(prefix, text);
      });
    }

    it('run as they were inserted', async () => {
      const python = findPython();
      for (const [i, pythonCase] of pythonCases.entries()) {
        const { title, runs = [], prints, exitCodes = [0], since = [3, 9] as const } = pythonCase;
        if (!isAtLeast(python, since)) continue;
        const folder = join(workspace.folder, String(i));
        writePythonCase(folder, pythonCase, (prefix) => inserted.get(prefix)!);
        const end = await runProgram(python, folder, ['driver.py', ...runs.slice(0, 1)]);
        assert.deepEqual(end, { stdout: `${prints.join('\n')}\n`, stderr: '', exitCode: exitCodes[0] }, title);
      }
    });
  });
});
