/** Pieces of code that several recipes write. */
import type ts from 'typescript';
import { isIdentifier } from 'typescript';
import type { Code } from './code';

/** A loop's variable as the parameter of an arrow function. */
export function parameter(item: ts.VariableDeclaration, { source, style }: Code, typed = false): string {
  const bare = isIdentifier(item.name) && !item.type && !typed && !style.parenthesised;
  const text = item.name.getText(source) + (item.type ? `: ${item.type.getText(source)}` : '');
  return bare ? text : `(${text})`;
}

/** Whether a statement that ends at `end` needs a semicolon: by the file's style, or because the next line would continue it. */
export function needsSemicolon(end: number, { text, style }: Code): boolean {
  return style.semicolon === ';' || /^\s*[([`+\-*/.,]/.test(text.slice(end).replace(/^(\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*/, ' '));
}
