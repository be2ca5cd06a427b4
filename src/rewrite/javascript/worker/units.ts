/** The top level of a module as units that move as a whole: statements, with the names that they declare. */
import ts from 'typescript';
import { bindingNames, hasModifier } from '../../../source/javascript/names';
import type { Code } from '../code';

export interface Unit {
  readonly statement: ts.Statement;
  readonly kind: 'import' | 'function' | 'class' | 'enum' | 'const' | 'let' | 'type' | 'other';
  readonly names: readonly ts.Identifier[];
  readonly exported: boolean;
}

export interface Units {
  readonly all: readonly Unit[];
  /** The unit that declares what a name means; `undefined` where it is declared in a function, or is a global. */
  of(symbol: ts.Symbol): Unit | undefined;
  /** Units that `node` uses, each once, with the first use. */
  usedBy(node: ts.Node): ReadonlyMap<Unit, ts.Identifier>;
}

export function readUnits({ source, scopes }: Code): Units {
  const all = source.statements.map(unitOf);
  const byStatement = new Map(all.map((unit) => [unit.statement as ts.Node, unit]));
  const of = (symbol: ts.Symbol): Unit | undefined => {
    const declaration = symbol.declarations?.[0];
    const statement = declaration && ts.findAncestor(declaration, (it) => it.parent === source);
    const unit = statement && byStatement.get(statement);
    return unit?.names.some((it) => scopes.symbolOf(it) === symbol) ? unit : undefined;
  };
  const usedBy = (node: ts.Node): ReadonlyMap<Unit, ts.Identifier> => {
    const used = new Map<Unit, ts.Identifier>();
    scopes.forEachName(node, (name, symbol) => {
      const unit = symbol && of(symbol);
      if (unit && unit.statement !== node && !used.has(unit)) used.set(unit, name);
    });
    return used;
  };
  return { all, of, usedBy };
}

function unitOf(statement: ts.Statement): Unit {
  const exported = hasModifier(statement, ts.SyntaxKind.ExportKeyword);
  const named = (kind: Unit['kind'], ...names: readonly (ts.Node | undefined)[]): Unit => ({
    statement,
    kind,
    names: names.filter((it): it is ts.Identifier => it !== undefined && ts.isIdentifier(it)),
    exported,
  });
  if (ts.isImportDeclaration(statement)) return named('import', ...importedNames(statement));
  if (ts.isImportEqualsDeclaration(statement)) return named('import', statement.name);
  if (ts.isFunctionDeclaration(statement)) return named('function', statement.name);
  if (ts.isClassDeclaration(statement)) return named('class', statement.name);
  if (ts.isEnumDeclaration(statement)) return named('enum', statement.name);
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return named('type', statement.name);
  if (!ts.isVariableStatement(statement)) return named('other');
  const { declarations, flags } = statement.declarationList;
  const names = declarations.flatMap((it) => bindingNames(it.name));
  if (declarations.every(({ initializer }) => initializer && isRequire(initializer))) return named('import', ...names);
  return named(flags & ts.NodeFlags.Const ? 'const' : 'let', ...names);
}

function importedNames({ importClause }: ts.ImportDeclaration): ts.Identifier[] {
  const bindings = importClause?.namedBindings;
  const listed = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? [bindings.name] : bindings.elements.map((it) => it.name);
  return importClause?.name ? [importClause.name, ...listed] : listed;
}

/** `require('…')`, or a member of it. */
export function isRequire(expression: ts.Expression): boolean {
  const value = ts.isPropertyAccessExpression(expression) ? expression.expression : expression;
  return ts.isCallExpression(value) && ts.isIdentifier(value.expression) && value.expression.text === 'require' && value.arguments.length === 1;
}
