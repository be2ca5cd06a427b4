/** Inputs expressions: checked before anything runs, so that nothing can break out of the place they are put in. */
import ts from 'typescript';
import { forEachReference, isFree } from './names';
import { bounded, sizeLimit, syntaxFault } from './parse';

export interface InputsFault {
  readonly message: string;
  /** UTF-16 offset into the expression. */
  readonly offset: number;
}

const before = '(async () => (\n';
const after = '\n))';

/** `null` where `expression` is exactly one JavaScript or TypeScript expression; `await` is allowed. */
export function checkInputs(expression: string): InputsFault | null {
  if (expression.length > sizeLimit) return { message: 'The expression is too long. Put the inputs into a file.', offset: 0 };
  const checked = bounded(() => faultOf(expression));
  return checked.ok ? checked.value : { message: checked.error.message, offset: 0 };
}

function faultOf(expression: string): InputsFault | null {
  if (expression.trim() === '')
    return { message: 'Give an expression whose elements are the calls, such as [1, 2, 3].', offset: 0 };
  const source = wrapped(expression);
  const fault = syntaxFault(source);
  if (fault) return { message: fault.message, offset: Math.min(Math.max(fault.offset - before.length, 0), expression.length) };
  const inner = innerExpression(source);
  if (!inner) return { message: 'Give one expression, not statements.', offset: 0 };
  if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.CommaToken) {
    return { message: 'Put the calls into an array: [ … ].', offset: inner.operatorToken.getStart(source) - before.length };
  }
  return null;
}

function wrapped(expression: string): ts.SourceFile {
  return ts.createSourceFile('inputs.ts', before + expression + after, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
}

/** The expression between our own parentheses, if they still are a pair. */
function innerExpression(source: ts.SourceFile): ts.Expression | null {
  const [statement, ...more] = source.statements;
  if (
    !statement ||
    more.length > 0 ||
    !ts.isExpressionStatement(statement) ||
    !ts.isParenthesizedExpression(statement.expression)
  )
    return null;
  const { expression: arrow } = statement.expression;
  if (!ts.isArrowFunction(arrow) || arrow.getStart(source) !== 1 || !ts.isParenthesizedExpression(arrow.body)) return null;
  return arrow.body.end === source.text.length - 1 ? arrow.body.expression : null;
}

/** Names that a checked expression takes from around it. */
export function freeNames(expression: string): ReadonlySet<string> {
  const names = new Set<string>();
  forEachReference(wrapped(expression), (name) => {
    if (isFree(name)) names.add(name.text);
  });
  return names;
}
