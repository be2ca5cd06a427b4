import * as v from 'valibot';
import * as vscode from 'vscode';
import { HumanError } from '../../base/human-error';
import { forLabel } from '../plain-text';
import type { Services } from '../services';
import { plainBody, readSnippets, type Snippet } from '../snippets/snippet';

const argumentSchema = v.optional(v.object({ name: v.string() }));

/** Files of `snippets/`, by VS Code's id of a language. */
const files: Partial<Record<string, string>> = {
  javascript: 'javascript.json',
  javascriptreact: 'javascript.json',
  typescript: 'typescript.json',
  typescriptreact: 'typescript.json',
  python: 'python.json',
};

/** Lines of a snippet that its preview in the picker shows. */
const previewLines = 3;

/** Inserts a snippet at the cursor: the one that is named (by name or prefix), or one that is picked. */
export async function insertSnippet({ extensionUri }: Services, argument: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const file = editor && files[editor.document.languageId];
  if (!file) throw new HumanError('There is no editor to insert a snippet into.', 'Open a JavaScript, TypeScript or Python file.');
  const snippets = await snippetsOf(vscode.Uri.joinPath(extensionUri, 'snippets', file));
  const read = v.safeParse(argumentSchema, argument ?? undefined);
  const name = read.success ? read.output?.name : undefined;
  const chosen = name === undefined ? await pick(snippets) : named(snippets, name);
  if (chosen) await editor.insertSnippet(new vscode.SnippetString(chosen.body));
}

async function snippetsOf(file: vscode.Uri): Promise<Snippet[]> {
  return readSnippets(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
}

function named(snippets: Snippet[], name: string): Snippet {
  const found = snippets.find((snippet) => snippet.name === name || snippet.prefix === name);
  if (found) return found;
  throw new HumanError(`There is no snippet "${name}".`, `There are ${snippets.map(({ prefix }) => prefix).join(', ')}.`);
}

async function pick(snippets: Snippet[]): Promise<Snippet | undefined> {
  const items = snippets.map((snippet) => ({
    snippet,
    label: `$(symbol-snippet) ${snippet.name}`,
    description: forLabel(`${snippet.prefix} · ${snippet.description}`),
    detail: preview(snippet.body),
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Insert a concurrency snippet',
    placeHolder: 'Name, prefix or first lines',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.snippet;
}

/** The first lines of its code, without what comes before any code: comments, imports and what only types need. */
function preview(body: string): string {
  const code = plainBody(body)
    .replace(/"""[\s\S]*?"""/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(\/\*|\*|\/\/|# |import |from |\w+ = TypeVar\()/.test(line));
  return forLabel(code.slice(0, previewLines).join(' '), 200);
}
