/** How a package's value gets into a file: by the import that is there, or by one that is added. */
import ts from 'typescript';
import type { Refusal } from '../../source/found-function';
import type { TextEdit } from '../edit-plan';
import type { Code } from './code';
import { formatOf } from './format';
import { refuse } from './refuse';
import { quoted } from './style';

export interface Imported {
  /** What it is called in the file. */
  readonly name: string;
  /** The statement to add; `null` where it is imported already. */
  readonly statement: string | null;
}

/** @param imported `default`, or the name under which the package exports it */
export function importOf(code: Code, from: string, wanted: string, imported: string): Imported {
  const known = knownImport(code.source, from, imported);
  if (known) return { name: known, statement: null };
  const name = code.scopes.fresh(wanted);
  return { name, statement: importStatement(code, from, name, imported) };
}

function importStatement(code: Code, from: string, name: string, imported: string): string {
  const { style } = code;
  const renamed = (separator: string): string => (imported === name ? name : `${imported}${separator}${name}`);
  const commonJs = formatOf(code) === 'cjs' && !code.typescript;
  const binding = imported === 'default' && !commonJs ? name : `{ ${renamed(commonJs ? ': ' : ' as ')} }`;
  return commonJs
    ? `const ${binding} = require(${quoted(style, from)})${style.semicolon}`
    : `import ${binding} from ${quoted(style, from)}${style.semicolon}`;
}

/** The local name of an import that is there. */
function knownImport(source: ts.SourceFile, from: string, imported: string): string | null {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier) || statement.moduleSpecifier.text !== from) continue;
    const clause = statement.importClause;
    if (!clause || clause.phaseModifier !== undefined) continue;
    if (imported === 'default' && clause.name) return clause.name.text;
    if (!clause.namedBindings || !ts.isNamedImports(clause.namedBindings)) continue;
    const found = clause.namedBindings.elements.find((it) => !it.isTypeOnly && (it.propertyName ?? it.name).text === imported);
    if (found) return found.name.text;
  }
  return null;
}

/**
 * Statements after the last import (or `require`) at the top of the file, or as its first.
 * @param removed statements that other edits take out
 */
export function addStatements(code: Code, added: readonly string[], removed: ReadonlySet<ts.Statement> = new Set()): TextEdit[] {
  if (added.length === 0) return [];
  const { source, style, text } = code;
  const lines = added.join(style.eol);
  const last = source.statements.filter((it) => isImporting(it) && !removed.has(it)).at(-1);
  if (last) {
    const lineEnd = restOfLine(text, last.end);
    return [{ start: lineEnd, end: lineEnd, newText: style.eol + lines }];
  }
  const at = firstPlace(source);
  return [{ start: at, end: at, newText: at === 0 ? lines + style.eol + style.eol : style.eol + lines }];
}

/** Where a comment stands behind a statement, it belongs to that. */
function restOfLine(text: string, end: number): number {
  const [rest = ''] = /^[ \t]*(\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*(?=\r?\n|$))?/.exec(text.slice(end)) ?? [];
  return end + rest.trimEnd().length;
}

/** After `#!` and `'use strict'`. */
function firstPlace(source: ts.SourceFile): number {
  let at = ts.getShebang(source.text)?.length ?? 0;
  for (const statement of source.statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break;
    at = statement.end;
  }
  return at;
}

const isImporting = (statement: ts.Statement): boolean => {
  if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every((it) => it.initializer !== undefined && /^require\(/.test(it.initializer.getText()));
};

/** A bound needs p-map, which is an ES module: CommonJS cannot import it on every Node. */
export function refuseBound(code: Code): Refusal | null {
  const { concurrency } = code.request;
  if (concurrency === undefined) return null;
  if (!Number.isInteger(concurrency) || concurrency < 1) return refuse('bound', `A bound of ${concurrency} calls at once makes no sense.`, code.source, code.request.selection.start);
  if (formatOf(code) === 'esm') return null;
  return refuse('esm-only', 'p-map, which bounds the calls, is an ES module, and this file is CommonJS.', code.source, code.request.selection.start);
}
