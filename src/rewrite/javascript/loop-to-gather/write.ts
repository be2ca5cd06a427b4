/** The text of a gather in the place of a loop. */
import ts from 'typescript';
import type { EditPlan, TextEdit } from '../../edit-plan';
import type { Code } from '../code';
import { addStatements, importOf } from '../imports';
import { indentAt } from '../style';
import { hasComment, holdsComment, isStatementList, peeled } from '../syntax';
import { needsSemicolon, parameter } from '../writing';
import type { GatherLoop, Push } from './check';

export function writeLoop(found: GatherLoop, code: Code): EditPlan {
  const { concurrency } = code.request;
  const bounded = concurrency !== undefined;
  const pMap = bounded ? importOf(code, 'p-map', 'pMap', 'default') : null;
  const edits = loopEdits(found, code, pMap?.name ?? '');
  return {
    recipe: 'loop-to-gather',
    title: bounded ? `Run the calls of this loop at once, at most ${concurrency} at a time` : 'Run the calls of this loop at once with Promise.all',
    edits: [...addStatements(code, pMap?.statement ? [pMap.statement] : []), ...edits].sort((a, b) => a.start - b.start),
    newFiles: [],
    packages: bounded ? ['p-map'] : [],
    changes: changesOf(found, bounded),
    leftToDo: [],
  };
}

function changesOf({ push }: GatherLoop, bounded: boolean): string[] {
  return [
    bounded ? 'Several calls are under way at once, and no longer one after the other.' : 'All calls start at once, however many items there are.',
    `After one failure ${bounded ? 'the calls that are under way' : 'the other calls'} go on; before, the loop stopped. The first failure is the one that is thrown.`,
    push ? 'The results keep the order of the items; side effects of the calls no longer do.' : 'Side effects of the calls no longer happen in the order of the items.',
  ];
}

/** The edits that make the loop a gather. Three stand around the body, one or two in it: comments and formatting of what stays are not touched. */
export function loopEdits(found: GatherLoop, code: Code, pMap: string): TextEdit[] {
  const { source, style } = code;
  const { loop, push } = found;
  const merged = push && mergeable(loop, push, code);
  const list = merged ? null : push && { results: code.scopes.fresh('results'), result: code.scopes.fresh('result') };
  const { before, after } = around(found, code, pMap);
  const start = loop.getStart(source);
  const braces = !isStatementList(loop.parent);
  const opening = merged ? before : list ? `const ${list.results} = ${before}` : before;
  const closing = list ? drain(list, push!, code, start) : '';
  const semicolon = list ? style.semicolon : needsSemicolon(loop.end, code) ? ';' : '';
  const end = after + semicolon + closing + (braces ? ' }' : '');
  const head: TextEdit = merged
    ? { start: push.declaration.initializer!.getStart(source), end: bodyStart(found, code), newText: opening }
    : { start, end: bodyStart(found, code), newText: (braces ? '{ ' : '') + opening };
  const comments = merged ? commentsBetween(merged, loop, code) : null;
  return [
    ...(comments ? [comments] : []),
    head,
    ...bodyEdits(found, code),
    { start: bodyEnd(found, code), end: loop.end, newText: end },
  ].filter((edit) => edit.start !== edit.end || edit.newText !== '');
}

/** `for (const result of results) list.push(result);`, on a line of its own. */
function drain({ results, result }: { results: string; result: string }, { list }: Push, { style, text }: Code, start: number): string {
  return `${style.eol}${indentAt(text, start)}for (const ${result} of ${results}) ${list.text}.push(${result})${style.semicolon}`;
}

/** The code before and after the body. */
function around({ loop, item, push }: GatherLoop, code: Code, pMap: string): { before: string; after: string } {
  const { concurrency } = code.request;
  const items = loop.expression.getText(code.source);
  const type = push && code.typescript ? elementType(push.declaration, code) : null;
  const arrow = `async ${parameter(item, code, type !== null)}${type === null ? '' : `: Promise<${type}>`} => `;
  return concurrency === undefined
    ? { before: `await Promise.all(Array.from(${items}, ${arrow}`, after: '))' }
    : { before: `await ${pMap}(${items}, ${arrow}`, after: `, { concurrency: ${concurrency} })` };
}

/** The type of one item, where the list says it: what is returned is then checked as what was pushed. */
function elementType({ type }: ts.VariableDeclaration, { source }: Code): string | null {
  if (!type) return null;
  if (ts.isArrayTypeNode(type)) return (ts.isParenthesizedTypeNode(type.elementType) ? type.elementType.type : type.elementType).getText(source);
  if (ts.isTypeReferenceNode(type) && type.typeName.getText(source) === 'Array' && type.typeArguments?.length === 1) return type.typeArguments[0]!.getText(source);
  return null;
}

/** A body that is one expression becomes an arrow function without braces. */
export function onlyValue({ loop, push }: GatherLoop, { source }: Code): ts.Expression | null {
  const statement = ts.isBlock(loop.statement) ? (loop.statement.statements.length === 1 ? loop.statement.statements[0]! : null) : loop.statement;
  if (!statement || !ts.isExpressionStatement(statement) || holdsComment(loop.statement, source)) return null;
  const value = push ? push.value : statement.expression;
  return ts.isAwaitExpression(value) ? value.expression : value;
}

const bodyStart = (found: GatherLoop, code: Code): number => (onlyValue(found, code) ?? found.loop.statement).getStart(code.source);

const bodyEnd = (found: GatherLoop, code: Code): number => (onlyValue(found, code) ?? found.loop.statement).end;

/** In the body, the push becomes a `return`; a body without braces gets them. */
function bodyEdits(found: GatherLoop, code: Code): TextEdit[] {
  const { source } = code;
  const { loop, push } = found;
  const value = onlyValue(found, code);
  if (value) {
    const isObject = ts.isObjectLiteralExpression(peeled(value)) && !ts.isParenthesizedExpression(value);
    return isObject ? [insert(value.getStart(source), '('), insert(value.end, ')')] : [];
  }
  const edits: TextEdit[] = [];
  if (!ts.isBlock(loop.statement)) edits.push(insert(loop.statement.getStart(source), '{ '));
  if (push) {
    const { expression } = push.statement;
    const value = push.value.getStart(source);
    // A comment between `return` and its value must not push the value to the next line, where it would not be returned.
    const gap = source.text.slice(expression.getStart(source), value);
    const apart = gap.includes('\n') || source.text.slice(push.value.pos, push.value.end).trimStart().startsWith('//');
    edits.push({ start: expression.getStart(source), end: value, newText: apart ? 'return ( ' + commentsOf(gap) : 'return ' });
    edits.push({ start: push.value.end, end: expression.end, newText: (apart ? ')' : '') + trailing(source.text.slice(push.value.end, expression.end)) });
  }
  if (!ts.isBlock(loop.statement)) edits.push(insert(loop.statement.end, ' }'));
  return edits;
}

/** Comments between the parenthesis of `push` and its value. */
const commentsOf = (gap: string): string => (hasComment(gap) ? gap.slice(gap.indexOf('(') + 1).trim() + '\n' : '');

const trailing = (gap: string): string => {
  const [comment = ''] = /\/\*[^]*?\*\//.exec(gap) ?? [];
  return comment && ` ${comment}`;
};

const insert = (at: number, newText: string): TextEdit => ({ start: at, end: at, newText });

/**
 * The statement `const list = []` directly before the loop, if that is where the list is made, and it is empty: it can be
 * made whole then.
 */
function mergeable(loop: ts.ForOfStatement, { declaration }: Push, { source }: Code): ts.VariableStatement | null {
  const { parent } = loop;
  const statement = declaration.parent.parent;
  if (!isStatementList(parent) || !ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return null;
  const at = parent.statements.indexOf(loop);
  if (at < 1 || parent.statements[at - 1] !== statement || !ts.isIdentifier(declaration.name)) return null;
  const initial = declaration.initializer;
  if (!initial || !ts.isArrayLiteralExpression(initial) || initial.elements.length > 0 || holdsComment(initial, source)) return null;
  return statement;
}

/** Comments between the list and the loop move up before the list. */
function commentsBetween(statement: ts.VariableStatement, loop: ts.ForOfStatement, { source, text, style }: Code): TextEdit | null {
  const between = text.slice(statement.end, loop.getStart(source));
  if (!hasComment(between)) return null;
  const start = statement.getStart(source);
  const lines = between.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const indent = indentAt(text, start);
  return insert(start, lines.map((line) => line + style.eol + indent).join(''));
}
