import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root';

export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/** Those that say the same in two ways, and that one set of cases runs. */
export const scriptLanguages = ['javascript', 'typescript'] as const;
export type ScriptLanguage = (typeof scriptLanguages)[number];
export const languages = [...scriptLanguages, 'python'] as const;
export type SnippetLanguage = (typeof languages)[number];

/** A snippet file as it is contributed: snippets by name. */
export function readSnippets(language: SnippetLanguage): Record<string, Snippet> {
  return JSON.parse(readFileSync(join(projectRoot, 'snippets', `${language}.json`), 'utf8')) as Record<string, Snippet>;
}

export function byPrefix(language: SnippetLanguage): Map<string, Snippet> {
  return new Map(Object.values(readSnippets(language)).map((snippet) => [snippet.prefix, snippet]));
}
