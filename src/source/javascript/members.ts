/** Names of class and object members, as text and as code. */
import ts from 'typescript';

export interface MemberName {
  /** As it is appended to its owner's name for a person: `.m`, `["a b"]`, `[Symbol.iterator]`, `.#m`. */
  readonly shown: string;
  /** The code that reads it from its owner; `null` where only the class itself can. */
  readonly access: string | null;
}

/** `null` where the name is computed from something that may have an effect or another value the second time. */
export function memberName(name: ts.PropertyName): MemberName | null {
  if (ts.isIdentifier(name)) return plain(`.${name.text}`);
  if (ts.isPrivateIdentifier(name)) return { shown: `.${name.text}`, access: null };
  if (ts.isStringLiteralLike(name)) return plain(keyed(name.text));
  if (ts.isNumericLiteral(name) || ts.isBigIntLiteral(name)) return plain(`[${name.text}]`);
  return computed(name.expression);
}

function computed(expression: ts.Expression): MemberName | null {
  if (ts.isStringLiteralLike(expression)) return plain(keyed(expression.text));
  if (ts.isNumericLiteral(expression)) return plain(`[${expression.text}]`);
  if (ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.expression)) {
    return plain(`[${expression.expression.text}.${expression.name.text}]`);
  }
  return null;
}

function keyed(text: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(text) ? `.${text}` : `[${JSON.stringify(text)}]`;
}

const plain = (code: string): MemberName => ({ shown: code, access: code });
