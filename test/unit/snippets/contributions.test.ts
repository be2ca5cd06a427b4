import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { snippetCases } from './cases';
import { tabStops } from './expand';
import { projectRoot } from './project-root';
import { pythonCases } from './python/cases';
import { languages, readSnippets, scriptLanguages, type SnippetLanguage } from './snippet-files';

interface Manifest {
  readonly contributes: { readonly snippets: readonly { readonly language: string; readonly path: string }[] };
}

const casesOf = (language: SnippetLanguage) => (language === 'python' ? pythonCases : snippetCases);

describe('snippet files', () => {
  it('are contributed for the languages that they are written in', () => {
    const { contributes } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as Manifest;
    const places = contributes.snippets.map(({ language, path }) => `${language} ${path}`);
    for (const place of [
      'javascript ./snippets/javascript.json',
      'javascriptreact ./snippets/javascript.json',
      'typescript ./snippets/typescript.json',
      'typescriptreact ./snippets/typescript.json',
      'python ./snippets/python.json',
    ]) {
      assert.ok(places.includes(place), `${place} is not contributed`);
    }
  });

  it('offer the same in JavaScript and TypeScript', () => {
    const [javascript, typescript] = scriptLanguages.map((language) =>
      Object.entries(readSnippets(language)).map(([name, { prefix, description }]) => ({ name, prefix, description })),
    );
    assert.deepEqual(javascript, typescript);
  });

  for (const language of languages) {
    const snippets = readSnippets(language);

    it(`${language}: every prefix is its own, and is used by a case that runs it`, () => {
      const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
      assert.equal(new Set(prefixes).size, prefixes.length);
      const used = new Set(casesOf(language).flatMap(({ files }) => Object.values(files).map(({ prefix }) => prefix)));
      assert.deepEqual([...used].sort(), [...prefixes].sort());
      for (const prefix of prefixes) assert.match(prefix, /^cw(-[a-z]+)+$/);
    });

    for (const [name, { body, description }] of Object.entries(snippets)) {
      it(`${language}: "${name}" is described, indented with tabs, and ends at a tab stop`, () => {
        assert.match(description, /^[A-Z].*\.$/);
        // VS Code turns leading tabs into the editor's own indent.
        for (const line of body) assert.doesNotMatch(line, /^\t* {2}/);
        const numbers = tabStops(body).filter((number) => number > 0);
        assert.ok(numbers.length > 0);
        assert.deepEqual([...numbers].sort((a, b) => a - b), numbers.map((_, i) => i + 1));
        assert.ok(tabStops(body).includes(0), 'no $0');
        assert.doesNotMatch(body.join('\n'), /corewise/i);
      });
    }
  }
});
