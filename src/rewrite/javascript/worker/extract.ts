/**
 * Moves a function, with what it needs, to a worker's module, and puts in its place what asks a pool for it.
 *
 *   file.ts:         import { Piscina } …; let pool; async function f() { pool ??= …; return pool.run([…]) }
 *                                                          ▼ at run time, by the file's name
 *   file.worker.ts:  imports that f needs; what f uses; f itself; export default (args) => f(...args)
 */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal, SourceRange } from '../../../source/found-function';
import type { NewFile, TextEdit } from '../../edit-plan';
import type { Code } from '../code';
import { addStatements, importOf } from '../imports';
import { refuse } from '../refuse';
import { quoted } from '../style';
import { nameFiles, type Files } from './files';
import { findMoves, type Moves } from './moves';
import { namePool, poolLines, type PoolCode } from './pool';
import { commentStart, removeImports, removeStatement, withComments } from './removal';
import { asksTask, signatureOf } from './signature';
import type { Task } from './task';
import { usesRequire, workerModule } from './worker-module';

export interface Extraction {
  readonly edits: readonly TextEdit[];
  readonly worker: NewFile;
  readonly moves: Moves;
  /** Of the function that ends the pool: `closePool`, or `f.close` in CommonJS. */
  readonly close: string;
}

export interface ExtractionWish {
  /** What asks the pool is called so: the function's own name, or another. */
  readonly name: string;
  /** Calls that will ask the pool; `null` where what asks it takes the function's name. */
  readonly replaced: readonly ts.Node[] | null;
  readonly chunked: boolean;
}

export function extract(task: Task, wish: ExtractionWish, code: Code): Result<Extraction, Refusal> {
  const found = findMoves(task, code, wish.replaced);
  if (!found.ok) return found;
  const moves = found.value;
  const inMoved = wish.replaced?.find((node) => moves.moved.some(({ statement }) => node.pos >= statement.pos && node.end <= statement.end));
  if (inMoved) {
    return err(refuse('recursive', `The code on line {line}, which calls \`${task.name}\`, is used by it, and would move with it.`, code.source, inMoved));
  }
  const files = nameFiles(code, task.name);
  const names = namePool(code, task.name);
  const piscina = importOf(code, 'piscina', 'Piscina', 'Piscina');
  const takesName = wish.replaced === null;
  const known = takesName ? code.scopes.fresh(`${task.name}Task`) : task.name;
  const signature = signatureOf(task.fn, known, code);
  const asks = asksTask(signature);
  const place: PoolCode = {
    ...wish,
    task: task.name,
    signature,
    modifiers: takesName ? exportsOf(task, code) : '',
    arrow: takesName && ts.isVariableStatement(task.statement),
    comment: takesName ? promising(code.text.slice(commentStart(task.statement, code), task.statement.getStart(code.source))) : `/** Runs \`${task.name}\` in a pool of worker threads. */`,
    location: files.location,
    piscina: piscina.name,
  };
  const imports = [
    ...(piscina.statement === null ? [] : [piscina.statement]),
    ...importsBack(task, moves, files, code, asks ? (takesName ? `${task.name} as ${known}` : task.name) : null),
  ];
  const removed = new Set<ts.Statement>(moves.moved.map(({ statement }) => statement));
  const importEdits = [...moves.imports.keys()].flatMap(({ statement }) => {
    const edits = removeImports(statement, moves.unused, code);
    if (edits.length === 1 && edits[0]!.newText === '' && edits[0]!.end >= statement.end) removed.add(statement);
    return edits;
  });
  const range = withComments(task.statement, code);
  const edits = [
    ...addStatements(code, imports, removed),
    ...importEdits,
    ...moves.moved.filter((it) => it !== moves.own).map(({ statement }) => removeStatement(statement, code)),
    { ...range, newText: apart(range, poolLines(place, names, code).join(code.style.eol), code) },
  ];
  const worker = { name: files.worker, text: workerModule({ task, moves, files, exportsTask: asks, keepsComment: !takesName, chunked: wish.chunked }, code) };
  return ok({ edits, worker, moves, close: usesRequire(code) ? `${wish.name}.close` : names.close });
}

/** With a blank line on either side, unless it is there. */
function apart({ start, end }: SourceRange, lines: string, { text, style }: Code): string {
  const before = start > 0 && !/\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, start)) ? style.eol : '';
  const after = /^\r?\n[ \t]*\S/.test(text.slice(end)) ? style.eol : '';
  return before + lines + after;
}

/** `export`, `export default` as the function has it. */
function exportsOf({ statement }: Task, { source }: Code): string {
  const kinds = new Set([ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword]);
  return (statement.modifiers ?? []).filter((it) => kinds.has(it.kind)).map((it) => it.getText(source)).join(' ');
}

/** A JSDoc comment that names the type of the result names a promise of it. */
const promising = (comment: string): string =>
  comment.replace(/(@returns?\s+)\{(?!Promise\b)([^{}]+)\}/g, (_, tag: string, type: string) => `${tag}{Promise<${type.trim()}>}`);

/** Imports of what moved and is still used here, and exports of what was exported. */
function importsBack(task: Task, { shared, own }: Moves, { workerSpecifier }: Files, code: Code, taskType: string | null): string[] {
  const { style } = code;
  const from = ` from ${quoted(style, workerSpecifier)}${style.semicolon}`;
  const namesOf = (only: (kind: string) => boolean): string[] => [...shared].filter(({ kind }) => only(kind)).flatMap(({ names }) => names.map(({ text }) => text));
  const values = namesOf((kind) => kind !== 'type');
  const types = [...namesOf((kind) => kind === 'type'), ...(taskType !== null && !shared.has(own) ? [taskType] : [])];
  const asDefault = task.statement.modifiers?.some((it) => it.kind === ts.SyntaxKind.DefaultKeyword) ? task.name : null;
  const exported = [...shared]
    .filter((it) => it.exported)
    .flatMap(({ names }) => names.map(({ text }) => (text === asDefault ? `${text} as default` : text)));
  return [
    ...(types.length > 0 ? [`import type { ${types.join(', ')} }${from}`] : []),
    ...(values.length === 0 ? [] : usesRequire(code) ? [`const { ${values.join(', ')} } = require(${quoted(style, workerSpecifier)})${style.semicolon}`] : [`import { ${values.join(', ')} }${from}`]),
    ...(exported.length > 0 ? [`export { ${exported.join(', ')} }${style.semicolon}`] : []),
  ];
}
