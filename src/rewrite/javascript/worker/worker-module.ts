/** The text of the worker's module. */
import ts from 'typescript';
import type { Code } from '../code';
import { formatOf } from '../format';
import { quoted } from '../style';
import { isAsyncFunction } from '../syntax';
import type { Files } from './files';
import type { Moves } from './moves';
import { commentStart, importClauseOf, requiresOf, withComments } from './removal';
import type { Task } from './task';
import type { Unit } from './units';

export interface WorkerText {
  readonly task: Task;
  readonly moves: Moves;
  readonly files: Files;
  /** The file asks for the types of the function. */
  readonly exportsTask: boolean;
  /** The function's comment moves with it. */
  readonly keepsComment: boolean;
  readonly chunked: boolean;
}

export function workerModule(it: WorkerText, code: Code): string {
  const { moves, task } = it;
  const isCommonJs = usesRequire(code);
  const parts = [
    [...directives(code), ...imports(moves, it.files, code)].join('\n'),
    ...moves.moved.map((unit) => unitText(unit, it, code)),
    entry(task.name, isAsyncFunction(task.fn), it.chunked, code, isCommonJs ? [...moves.shared].flatMap(({ names }) => names.map(({ text }) => text)) : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`.replace(/\r?\n/g, code.style.eol);
}

/** CommonJS that is written as such; TypeScript writes `import` and `export` for either. */
export const usesRequire = (code: Code): boolean => formatOf(code) === 'cjs' && !code.typescript;

const directives = ({ source }: Code): string[] => {
  const [first] = source.statements;
  return first && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression) && first.expression.text === 'use strict' ? [first.getText(source), ''] : [];
};

function imports({ imports, types }: Moves, files: Files, code: Code): string[] {
  const { style } = code;
  const own = [...imports].map(([unit, names]) => importText(unit.statement, (name) => [...names].some(({ text }) => text === name.text), code));
  const names = types.flatMap((unit) => unit.names.map(({ text }) => text));
  return names.length === 0 ? own : [...own, `import type { ${names.join(', ')} } from ${quoted(style, files.fileSpecifier)}${style.semicolon}`];
}

/** An import with some of its names. */
function importText(statement: ts.Statement, keep: (name: ts.Identifier) => boolean, code: Code): string {
  const { source, text } = code;
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause!;
    return `import ${importClauseOf(clause, keep, code)}${text.slice(clause.end, statement.end)}`;
  }
  if (!ts.isVariableStatement(statement)) return statement.getText(source);
  return requiresOf(statement.declarationList, keep, code) + code.style.semicolon;
}

function unitText(unit: Unit, { moves, exportsTask, keepsComment }: WorkerText, code: Code): string {
  const { source, text } = code;
  const { statement } = unit;
  const isTask = unit === moves.own;
  const start = isTask && !keepsComment ? statement.getStart(source) : commentStart(statement, code);
  const comment = text.slice(start, statement.getStart(source));
  const modifiers = (ts.canHaveModifiers(statement) && statement.modifiers) || [];
  const isExport = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
  const last = modifiers.filter(isExport).at(-1);
  const bodyStart = last ? text.slice(last.end).search(/\S/) + last.end : statement.getStart(source);
  const wanted = !usesRequire(code) && (moves.shared.has(unit) || (isTask && exportsTask));
  return comment + (wanted ? 'export ' : '') + text.slice(bodyStart, withComments(statement, code).end);
}

/** What Piscina calls: it hands over one value, so the arguments come in a list. */
export function entry(task: string, async: boolean, chunked: boolean, code: Code, exported: readonly string[] = []): string {
  const { semicolon: end, parenthesised } = code.style;
  const type = code.typescript ? `: Parameters<typeof ${task}>` : '';
  const taken = type || parenthesised ? `(args${type})` : 'args';
  const many = code.typescript ? `(calls${type}[])` : parenthesised ? '(calls)' : 'calls';
  const one = `${taken} => ${task}(...args)`;
  const all = `calls.map(${one})`;
  const value = chunked ? `${many} => ${async ? `Promise.all(${all})` : all}` : one;
  const comment = `/** What the pool runs: ${chunked ? 'several calls, each a list of arguments' : 'one call, its arguments in a list'}. */`;
  const lead = usesRequire(code) ? 'module.exports =' : 'export default';
  return [comment, `${lead} ${value}${end}`, ...exported.map((name) => `module.exports.${name} = ${name}${end}`)].join('\n');
}
