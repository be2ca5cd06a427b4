/** Items as a person would point at them. */
import ts from 'typescript';
import type { Item } from './items';

const most = 60;

export function describe(item: Item): string {
  let text = described.get(item);
  if (text === undefined) described.set(item, (text = describeItem(item)));
  return text;
}

/** Each slice of a file lists all of its items. */
const described = new WeakMap<Item, string>();

function describeItem({ node, statement }: Item): string {
  if (ts.isVariableDeclaration(node)) return clipped(`${keywordOf(node)} ${node.name.getText()}`);
  if (ts.isImportDeclaration(statement)) {
    const from = statement.moduleSpecifier.getText();
    if (node === statement) return clipped(`import ${from}`);
    const name = ts.isImportClause(node) ? node.name!.text : ts.isImportSpecifier(node) ? `{ ${node.getText()} }` : node.getText();
    return clipped(`import ${name} from ${from}`);
  }
  if (ts.isExportSpecifier(node)) return clipped(`export { ${node.getText()} }`);
  if (ts.isFunctionDeclaration(node)) return clipped(`function ${node.name?.text ?? 'default'}`);
  if (ts.isClassDeclaration(node)) return clipped(`class ${node.name?.text ?? 'default'}`);
  if (ts.isEnumDeclaration(node)) return clipped(`enum ${node.name.text}`);
  if (ts.isModuleDeclaration(node)) return clipped(`namespace ${node.name.text}`);
  return brief(node);
}

function keywordOf(node: ts.VariableDeclaration): string {
  return node.parent.getFirstToken()?.getText() ?? 'var';
}

/** The first line of a piece of code, with what it leaves out marked. */
export function brief(node: ts.Node): string {
  const text = node.getText().replace(/;$/, '');
  if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) return brief(node.expression);
  if (ts.isCallExpression(node) && node.arguments.length > 0 && text.length > most) return clipped(`${node.expression.getText()}(…)`);
  return clipped(text);
}

function clipped(text: string): string {
  const line = text.trim().split(/[\r\n]/)[0]!;
  const cut = line.length > most || line.length < text.trim().length;
  return cut ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}
