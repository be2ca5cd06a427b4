/** How the file is written, so that new code reads like the rest of it. */
import ts from 'typescript';

export interface Style {
  readonly quote: "'" | '"';
  /** `;` or nothing. */
  readonly semicolon: ';' | '';
  /** One level. */
  readonly indent: string;
  readonly eol: '\n' | '\r\n';
  /** `(x) =>` or `x =>` where one plain parameter is all. */
  readonly parenthesised: boolean;
  /** `,` or nothing, after the last item of a list of several lines. */
  readonly trailingComma: ',' | '';
}

export function readStyle(source: ts.SourceFile): Style {
  const seen = count(source);
  return {
    quote: seen.double > seen.single ? '"' : "'",
    semicolon: seen.bare > seen.semicolons ? '' : ';',
    indent: indentOf(source.text),
    eol: /\r\n/.test(source.text) ? '\r\n' : '\n',
    parenthesised: seen.barePar <= seen.inPar,
    trailingComma: seen.noComma > seen.comma ? '' : ',',
  };
}

function count(source: ts.SourceFile) {
  const seen = { single: 0, double: 0, semicolons: 0, bare: 0, inPar: 0, barePar: 0, comma: 0, noComma: 0 };
  const { text } = source;
  const list = (items: ts.NodeArray<ts.Node>, node: ts.Node): void => {
    if (items.length === 0 || !text.slice(items.end, node.end).includes('\n')) return;
    if (items.hasTrailingComma) seen.comma++;
    else seen.noComma++;
  };
  const add = (kind: keyof typeof seen): void => void seen[kind]++;
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) {
      // A string that holds a quote says nothing of which is liked better.
      if (!/['"]/.test(node.text)) add(text[node.getStart(source)] === '"' ? 'double' : 'single');
    } else if (endsInSemicolon(node)) add(text[node.end - 1] === ';' ? 'semicolons' : 'bare');
    else if (ts.isArrowFunction(node) && isPlainParameter(node)) add(hasParenthesis(node, source) ? 'inPar' : 'barePar');
    if (ts.isArrayLiteralExpression(node)) list(node.elements, node);
    else if (ts.isObjectLiteralExpression(node)) list(node.properties, node);
    else if (ts.isCallExpression(node)) list(node.arguments, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return seen;
}

const endsInSemicolon = (node: ts.Node): boolean =>
  ts.isExpressionStatement(node) || ts.isVariableStatement(node) || ts.isReturnStatement(node) || ts.isImportDeclaration(node);

const isPlainParameter = ({ parameters: [first, second], type, typeParameters }: ts.ArrowFunction): boolean =>
  first !== undefined && !second && !type && !typeParameters && ts.isIdentifier(first.name) && !first.type && !first.initializer && !first.dotDotDotToken;

const hasParenthesis = (node: ts.ArrowFunction, source: ts.SourceFile): boolean =>
  source.text.slice(node.getStart(source), node.parameters[0]!.getStart(source)).includes('(');

/** The most frequent step by which a line is indented more than the one before. */
function indentOf(text: string): string {
  const steps = new Map<string, number>();
  let before = '';
  for (const line of text.split('\n', 2000)) {
    const [indent = ''] = /^[ \t]*/.exec(line)!;
    // Blank lines, and the lines of a block comment, which are a space off.
    if (line.trim() === '' || /^\s+\*/.test(line)) continue;
    if (indent.length > before.length && indent.startsWith(before)) {
      const step = indent.slice(before.length);
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    before = indent;
  }
  const [best] = [...steps].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length);
  return best?.[0] ?? '  ';
}

/** `text` as a string literal of the file. */
export const quoted = ({ quote }: Style, text: string): string => quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;

/** The white space that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))![0];
}

/** Lines that are written as if they began at the margin, moved in by `indent`; all but the first, which stands where it is put. */
export const indented = (lines: readonly string[], indent: string, eol: string): string =>
  lines.map((line, n) => (n === 0 || line === '' ? line : indent + line)).join(eol);
