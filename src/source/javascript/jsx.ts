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
  const pragma = pragmasOf(facts.text);
  const source = pragma('jsxImportSource') ?? settings.jsxImportSource ?? 'react';
  const automatic = { emit: ts.JsxEmit.ReactJSX, runtime: `${source}/jsx-runtime` };
  if (!facts.needs.jsx || format === 'cjs' || pragma('jsx') || pragma('jsxRuntime') === 'classic') return classic;
  if (pragma('jsxImportSource') || pragma('jsxRuntime') === 'automatic') return automatic;
  const setting = settings.jsx?.toLowerCase();
  if (setting === 'react') return classic;
  if (setting?.startsWith('react-jsx') || settings.jsxImportSource) return automatic;
  return facts.names.has('React') ? classic : automatic;
}

/** The names that code is compiled to use for JSX the classic way: nothing but the settings and the file's pragmas names them. */
export function jsxNames(text: string, { jsxFactory, jsxFragmentFactory }: CompilerSettings): ReadonlySet<string> {
  const pragma = pragmasOf(text);
  const code = [pragma('jsx') ?? jsxFactory ?? 'React.createElement', pragma('jsxFrag') ?? jsxFragmentFactory ?? 'React.Fragment'];
  return new Set(code.map((it) => it.split('.')[0]!));
}

function pragmasOf(text: string): (name: string) => string | undefined {
  const head = text.slice(0, 4000);
  return (name) => new RegExp(`/\\*\\*?[^/]*@${name}\\s+(\\S+)`).exec(head)?.[1];
}
