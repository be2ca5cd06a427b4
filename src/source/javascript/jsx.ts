import ts from 'typescript';
import type { ModuleFacts } from './module-facts';
import type { CompilerSettings } from './transpile';

/** How a file's JSX is compiled, and the module that its automatic runtime comes from (`null` with the classic one). */
export interface JsxMode {
  readonly emit: ts.JsxEmit;
  readonly runtime: string | null;
}

/**
 * By the file's own pragmas, else by the settings, else as the file looks: with `React` in scope the classic way.
 * CommonJS scripts are always compiled the classic way: nothing could import the runtime for them.
 */
export function jsxMode(facts: ModuleFacts, format: 'esm' | 'cjs', settings: CompilerSettings): JsxMode {
  const classic = { emit: ts.JsxEmit.React, runtime: null };
  const head = facts.text.slice(0, 4000);
  const pragma = (name: string): string | undefined => new RegExp(`/\\*\\*?[^/]*@${name}\\s+(\\S+)`).exec(head)?.[1];
  const source = pragma('jsxImportSource') ?? settings.jsxImportSource ?? 'react';
  const automatic = { emit: ts.JsxEmit.ReactJSX, runtime: `${source}/jsx-runtime` };
  if (!facts.needs.jsx || format === 'cjs' || pragma('jsx') || pragma('jsxRuntime') === 'classic') return classic;
  if (pragma('jsxImportSource') || pragma('jsxRuntime') === 'automatic') return automatic;
  const setting = settings.jsx?.toLowerCase();
  if (setting === 'react') return classic;
  if (setting?.startsWith('react-jsx') || settings.jsxImportSource) return automatic;
  return facts.names.has('React') ? classic : automatic;
}
