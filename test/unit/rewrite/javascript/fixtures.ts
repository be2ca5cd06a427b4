/** Reads the before and after files of a recipe, and rewrites them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditPlan, ProjectFacts, RecipeName, Rewrite } from '../../../../src/rewrite/edit-plan';
import { rewriteJavaScript } from '../../../../src/rewrite/javascript/recipes';
import { projectRoot } from '../../snippets/project-root';

export const fixturesFolder = join(projectRoot, 'test/fixtures/rewrite/javascript');

export const noProject: ProjectFacts = { packageType: 'module', packages: new Set(), siblings: new Set() };

/** A text with `[cursor]`, or with `[start]` and `[end]`, in it: without them, and what they select. */
export function unmark(marked: string): { text: string; selection: { start: number; end: number } } {
  const start = marked.search(/\[(cursor|start)\]/);
  if (start < 0) throw new Error('The text has no [cursor] and no [start].');
  const opened = marked.replace(/\[(cursor|start)\]/, '');
  const end = opened.indexOf('[end]');
  return { text: opened.replace('[end]', ''), selection: { start, end: end < 0 ? start : end } };
}

export interface Case {
  /** The file's name without `.before`. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly marked: string;
}

/** The pairs `NAME.before.EXT` and `NAME.after.EXT` of a recipe. */
export function cases(recipe: RecipeName): Case[] {
  const folder = join(fixturesFolder, recipe);
  return readdirSync(folder)
    .filter((name) => name.includes('.before.'))
    .map((name) => {
      const marked = readFileSync(join(folder, name), 'utf8');
      const after = readFileSync(join(folder, name.replace('.before.', '.after.')), 'utf8');
      return { file: name.replace('.before.', '.'), marked, before: unmark(marked).text, after };
    });
}

export interface Refused {
  readonly file: string;
  readonly marked: string;
  /** From the first line: `// code, line 3: message`. */
  readonly code: string;
  readonly line: number;
  readonly message: string;
}

/** The files `NAME.refused.EXT`, whose first line says how. */
export function refusedCases(recipe: RecipeName): Refused[] {
  const folder = join(fixturesFolder, recipe);
  return readdirSync(folder)
    .filter((name) => name.includes('.refused.'))
    .flatMap((name) => {
      const marked = readFileSync(join(folder, name), 'utf8');
      return marked.split(/^(?=\/\/ [\w-]+, line \d+: )/m).map((part) => {
        const [, code, line, message] = /^\/\/ ([\w-]+), line (\d+): (.*)/.exec(part) ?? [];
        if (!code) throw new Error(`${name} does not begin with // code, line N: message`);
        return { file: name, marked: part, code, line: Number(line), message: message! };
      });
    });
}

/** The language and concurrency go by the file's name: `bounded-8.js` asks for 8 at once. */
export function rewriteMarked(recipe: RecipeName, file: string, marked: string, project: ProjectFacts = noProject): Rewrite {
  const { text, selection } = unmark(marked);
  const [, bound] = /bounded-(\d+)/.exec(file) ?? [];
  const language = /\.[cm]?tsx?$/.test(file) ? 'typescript' : 'javascript';
  return rewriteJavaScript(recipe, { language, path: `/project/${file}`, text, selection, project, ...(bound && { concurrency: Number(bound) }) });
}

export function apply(text: string, { edits }: EditPlan): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    if (edit.start < at) throw new Error(`Edits overlap at ${edit.start}.`);
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
}
