/** Edits that take statements and names out of a file, with the comments that belong to them and without holes. */
import ts from 'typescript';
import type { SourceRange } from '../../../source/found-function';
import type { TextEdit } from '../../edit-plan';
import type { Code } from '../code';

/** A statement with the comments directly above it and behind it on its line. */
export function withComments(statement: ts.Statement, code: Code): SourceRange {
  return { start: commentStart(statement, code), end: lineEnd(statement.end, code.text) };
}

/** Where the comments begin that stand directly above a statement, without a blank line between; else its own start. */
export function commentStart(statement: ts.Statement, { text, source }: Code): number {
  let start = statement.getStart(source);
  for (const range of [...(ts.getLeadingCommentRanges(text, statement.pos) ?? [])].reverse()) {
    const gap = text.slice(range.end, start);
    // On the line of the statement before it, a comment belongs to that.
    const isBehind = range.pos > 0 && /\S[ \t]*$/.test(text.slice(Math.max(0, range.pos - 200), range.pos).replace(/^[^]*\n/, ''));
    if (/\n[ \t]*\r?\n/.test(gap) || isBehind || text.startsWith('#!', range.pos)) break;
    start = range.pos;
  }
  return start;
}

function lineEnd(end: number, text: string): number {
  const [rest = ''] = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*(?=\r?\n|$))?/.exec(text.slice(end, end + 2000)) ?? [];
  return end + rest.length;
}

/** Takes statements out, and one of the blank lines that would then meet. */
export function removeStatement(statement: ts.Statement, code: Code): TextEdit {
  const { text } = code;
  const { start, end } = withComments(statement, code);
  const [newline = ''] = /^\r?\n/.exec(text.slice(end)) ?? [];
  const after = end + newline.length;
  const blankBefore = start === 0 || /\n[ \t]*\r?\n[ \t]*$/.test(text.slice(0, start));
  const [blank = ''] = blankBefore ? (/^(?:[ \t]*\r?\n)+/.exec(text.slice(after)) ?? []) : [];
  return { start, end: after + blank.length, newText: '' };
}

/** Takes names out of an import, or the whole of it where none is left. */
export function removeImports(statement: ts.Statement, names: ReadonlySet<ts.Identifier>, code: Code): TextEdit[] {
  const all = importedNodes(statement);
  const left = all.filter(({ name }) => !names.has(name));
  if (left.length === all.length) return [];
  if (left.length === 0) return [removeStatement(statement, code)];
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause!;
    const from = clause.getStart(code.source);
    return [{ start: from, end: clause.end, newText: importClauseOf(clause, (name) => !names.has(name), code) }];
  }
  if (!ts.isVariableStatement(statement)) return [];
  const { declarationList } = statement;
  const text = requiresOf(declarationList, (name) => !names.has(name), code);
  return [{ start: declarationList.getStart(code.source), end: declarationList.end, newText: text }];
}

/** `const a = require('a'), { b } = require('b')`, with some of its names. */
export function requiresOf({ declarations, flags }: ts.VariableDeclarationList, keep: (name: ts.Identifier) => boolean, { source }: Code): string {
  const kept = declarations.flatMap((it) => {
    if (ts.isIdentifier(it.name)) return keep(it.name) ? [it.getText(source)] : [];
    const elements = it.name.elements.filter((element) => ts.isBindingElement(element) && ts.isIdentifier(element.name) && keep(element.name));
    return elements.length > 0 ? [`{ ${elements.map((element) => element.getText(source)).join(', ')} } = ${it.initializer!.getText(source)}`] : [];
  });
  return `${flags & ts.NodeFlags.Const ? 'const' : flags & ts.NodeFlags.Let ? 'let' : 'var'} ${kept.join(', ')}`;
}

/** The part of an import between `import` and `from`, with some of its names. */
export function importClauseOf(clause: ts.ImportClause, keep: (name: ts.Identifier) => boolean, { source }: Code): string {
  const type = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type ' : '';
  const parts: string[] = [];
  if (clause.name && keep(clause.name)) parts.push(clause.name.text);
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings) && keep(bindings.name)) parts.push(bindings.getText(source));
  if (bindings && ts.isNamedImports(bindings)) {
    const kept = bindings.elements.filter((it) => keep(it.name)).map((it) => it.getText(source));
    if (kept.length > 0) parts.push(`{ ${kept.join(', ')} }`);
  }
  return type + parts.join(', ');
}

function importedNodes(statement: ts.Statement): { readonly name: ts.Identifier; readonly node: ts.Node }[] {
  if (ts.isImportEqualsDeclaration(statement)) return [{ name: statement.name, node: statement }];
  if (ts.isImportDeclaration(statement)) {
    const clause = statement.importClause;
    const bindings = clause?.namedBindings;
    const listed = !bindings ? [] : ts.isNamespaceImport(bindings) ? [{ name: bindings.name, node: bindings }] : bindings.elements.map((it) => ({ name: it.name, node: it }));
    return clause?.name ? [{ name: clause.name, node: clause.name }, ...listed] : listed;
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }): { name: ts.Identifier; node: ts.Node }[] =>
    ts.isIdentifier(name) ? [{ name, node: name.parent }] : name.elements.flatMap((it) => (ts.isBindingElement(it) && ts.isIdentifier(it.name) ? [{ name: it.name, node: it }] : [])),
  );
}
