import assert from 'node:assert/strict';
import { join } from 'node:path';
import { compile, makeWorkspace, runDriver, writeCase } from './case-folder';
import { snippetCases } from './cases';
import { expandSnippet } from './expand';
import { byPrefix, scriptLanguages } from './snippet-files';

for (const language of scriptLanguages) {
  describe(`${language} snippets with their defaults`, function () {
    this.timeout(120_000);
    const workspace = makeWorkspace();
    const snippets = byPrefix(language);
    const paths = new Map<string, string[]>();
    let complaints: string[] = [];

    before(async () => {
      for (const [i, snippetCase] of snippetCases.entries()) {
        const insert = (prefix: string): string => expandSnippet(snippets.get(prefix)!.body);
        paths.set(snippetCase.title, await writeCase(join(workspace.folder, String(i)), language, snippetCase, insert));
      }
      complaints = compile([...paths.values()].flat(), language);
    });
    after(() => workspace.remove());

    it('pass the compiler', () => assert.deepEqual(complaints, []));

    for (const [i, { title, driver, prints, exitCode = 0 }] of snippetCases.entries()) {
      it(`run: ${title}`, async function () {
        if (process.platform === 'win32' && exitCode !== 0) this.skip();
        const end = await runDriver(join(workspace.folder, String(i)), driver);
        assert.deepEqual(end, { stdout: `${prints.join('\n')}\n`, stderr: '', exitCode });
      });
    }
  });
}
