/** Reads the before and after files of a recipe, and rewrites them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditPlan, RecipeName, Rewrite, RewriteRequest } from '../../../../src/rewrite/edit-plan';
import { rewritePython } from '../../../../src/rewrite/python/recipes';
import { projectRoot } from '../../snippets/project-root';

export const fixturesFolder = join(projectRoot, 'test/fixtures/rewrite/python');

/** A text with `[cursor]`, or with `[start]` and `[end]`, in it: without them, and what they select. */
export function unmark(marked: string): { text: string; selection: { start: number; end: number } } {
  const start = marked.search(/\[(cursor|start)\]/);
  if (start < 0) throw new Error('The text has no [cursor] and no [start].');
  const opened = marked.replace(/\[(cursor|start)\]/, '');
  const end = opened.indexOf('[end]');
  return { text: opened.replace('[end]', ''), selection: { start, end: end < 0 ? start : end } };
}

export interface Case {
  /** The file's name without `.before.py`. */
  readonly name: string;
  readonly marked: string;
  readonly before: string;
  readonly after: string;
}

/** The pairs `NAME.before.py` and `NAME.after.py` of a recipe. */
export function cases(recipe: RecipeName): Case[] {
  const folder = join(fixturesFolder, recipe);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.before.py'))
    .map((file) => {
      const marked = readFileSync(join(folder, file), 'utf8');
      const after = readFileSync(join(folder, file.replace('.before.', '.after.')), 'utf8');
      return { name: file.replace('.before.py', ''), marked, before: unmark(marked).text, after };
    });
}

type Options = Partial<Pick<RewriteRequest, 'concurrency' | 'taskGroup' | 'project'>>;

/** What a fixture's name asks for: `bounded-2` two calls at once, `group` a task group. */
export function optionsOf(name: string): Options {
  const [, bound] = /bounded-(\d+)/.exec(name) ?? [];
  return { ...(bound && { concurrency: Number(bound) }), ...(name.startsWith('group') && { taskGroup: true, project: python(3, 11) }) };
}

export const python = (major: number, minor: number): RewriteRequest['project'] => ({
  packages: new Set(),
  siblings: new Set(),
  python: [major, minor],
});

export function rewriteMarked(recipe: RecipeName, marked: string, options: Options = {}): Rewrite {
  const { text, selection } = unmark(marked);
  return rewritePython(recipe, { language: 'python', path: '/project/a.py', text, selection, project: python(3, 9), ...options });
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
