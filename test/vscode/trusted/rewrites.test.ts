import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension, openAt, until, workspaceFile } from '../harness';

const loop = `import { getPage } from './pages.js';

export async function getPages(urls) {
  const pages = [];
  for (const url of urls) {
    pages.push(await getPage(url));
  }
  return pages;
}

export async function getFirst(urls) {
  for (const url of urls) {
    if (url.done) break;
    await getPage(url);
  }
}

export function countPrimes(limit) {
  let count = 0;
  for (let n = 2; n <= limit; n++) {
    let d = 2;
    while (d * d <= n && n % d !== 0) d++;
    if (d * d > n) count++;
  }
  return count;
}
`;

const family = 'refactor.rewrite.corewise';

async function put(name: string, text: string): Promise<vscode.Uri> {
  const uri = workspaceFile('src', name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** What the lightbulb has at a place of the text, of our kinds; resolved, as when one is chosen. */
async function actionsAt(uri: vscode.Uri, text: string): Promise<vscode.CodeAction[]> {
  const { document, selection } = await openAt(uri, text);
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, selection, family, 10);
  return found.filter(({ kind }) => kind?.value.startsWith(family));
}

describe('rewrites', function () {
  this.timeout(60_000);
  const made: vscode.Uri[] = [];
  let uri: vscode.Uri;
  before(activateExtension);
  beforeEach(async () => void made.push((uri = await put(`rewrite-${made.length}.mjs`, loop))));
  afterEach(async () => {
    for (const it of vscode.workspace.textDocuments) if (it.isDirty) await it.save();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    for (const it of made) await vscode.workspace.fs.delete(it).then(undefined, () => undefined);
  });

  it('are offered where they are safe, with their edit when one is chosen', async () => {
    const actions = await actionsAt(uri, 'pages.push');
    assert.deepEqual(actions.map(({ title, kind }) => [title, kind?.value]), [
      ['Run the calls of this loop at once with Promise.all', `${family}.loop-to-gather`],
    ]);
    const [[, edits] = [undefined, []]] = actions[0]!.edit!.entries();
    assert.match(edits.map(({ newText }) => newText).join(''), /await Promise\.all\(Array\.from\(urls, async \(url\) => /);
  });

  it('are not offered where they are not', async () => {
    assert.deepEqual(await actionsAt(uri, 'if (url.done)'), []);
    assert.deepEqual(await actionsAt(uri, 'import {'), []);
  });

  it('are applied as one edit, and undone as one', async () => {
    const { document } = await openAt(uri, 'pages.push');
    assert.equal(await vscode.commands.executeCommand('corewise.wrapInGather', { show: false }), true);
    assert.match(document.getText(), /const pages = await Promise\.all/);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), loop);
  });

  it('with a worker module are applied as one edit', async () => {
    const { document } = await openAt(uri, 'let count = 0');
    const worker = vscode.Uri.joinPath(uri, '..', uri.path.replace(/^.*\/(.*)\.mjs$/, '$1.worker.mjs'));
    made.push(worker);
    assert.equal(await vscode.commands.executeCommand('corewise.wrapAsCpuTask', { show: false, recipe: 'wrap-cpu-task' }), true);
    assert.match(document.getText(), /export async function countPrimes\(limit\)/);
    assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(worker)), /export default \(args\) => countPrimes/);
  });

  it('say why not, and where', async () => {
    await openAt(uri, 'if (url.done)');
    await assert.rejects(async () => vscode.commands.executeCommand('corewise.wrapInGather', { show: false }), /`break` on line 13: later iterations must not start\. \(rewrite-\d\.mjs:13\)/);
  });

  it('show a diff first, and change nothing when it is left', async () => {
    const { document } = await openAt(uri, 'pages.push');
    const command = vscode.commands.executeCommand('corewise.wrapInGather');
    const isDiff = ({ input }: vscode.Tab): boolean => input instanceof vscode.TabInputTextDiff && input.modified.scheme === 'corewise-rewrite';
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const tab = await until('the preview', () => tabs().find(isDiff));
    const { modified } = tab.input as vscode.TabInputTextDiff;
    assert.match((await vscode.workspace.openTextDocument(modified)).getText(), /await Promise\.all/);
    const answers: unknown[] = [];
    void command.then((answer) => answers.push(answer));
    // The question comes after the diff: leave it as soon as it is there.
    await until('the question to be left', () => {
      if (answers.length === 0) void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return answers.length > 0;
    });
    assert.deepEqual(answers, [false]);
    assert.equal(document.getText(), loop);
    await until('the preview to close', () => !tabs().some(isDiff));
  });

  it('are hinted at when they are wanted, and not before', async () => {
    const settings = vscode.workspace.getConfiguration('corewise');
    await openAt(uri, 'pages.push');
    const hints = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Corewise');
    assert.deepEqual(hints(), []);
    await settings.update('hints', true, vscode.ConfigurationTarget.Workspace);
    const [hint] = await until('a hint', () => hints().length > 0 && hints());
    assert.equal(hint!.severity, vscode.DiagnosticSeverity.Hint);
    assert.equal(hint!.range.start.line, 4);
    await settings.update('hints', undefined, vscode.ConfigurationTarget.Workspace);
    await until('no hint', () => hints().length === 0);
  });
});
