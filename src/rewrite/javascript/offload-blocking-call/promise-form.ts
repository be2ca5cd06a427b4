/** Functions of Node that block, and the ones beside them that do not. */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { Code } from '../code';
import { refuse } from '../refuse';
import { peeled } from '../syntax';

/** Functions of node:fs/promises that give what their `…Sync` gives. */
const files = new Set(
  ('access appendFile chmod chown copyFile cp lchown link lstat mkdir mkdtemp readdir readFile readlink realpath rename rm ' +
    'rmdir stat symlink truncate unlink utimes writeFile').split(' '),
);

export interface PromiseForm {
  /** `readFile` */
  readonly name: string;
  /** How the file names all of node:fs, where the call goes through it: `fs`. */
  readonly namespace: string | null;
}

/** `null` where the call is none of Node's blocking ones. */
export function promiseForm(call: ts.CallExpression, code: Code): Result<PromiseForm, Refusal> | null {
  const callee = peeled(call.expression);
  const isMember = ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression);
  const root = isMember ? callee.expression : callee;
  if (!ts.isIdentifier(root)) return null;
  const from = moduleOf(root, code);
  const name = isMember ? callee.name.text : importedName(root, code);
  if (!from || !name?.endsWith('Sync')) return null;
  const promised = name.slice(0, -'Sync'.length);
  const { source } = code;
  if (from !== 'fs' || !files.has(promised)) {
    return err(refuse('no-promise-form', `\`${name}\` of \`${from}\` on line {line} has no form that gives the same in a promise.`, source, call));
  }
  const options = call.arguments.at(-1);
  if (options && /throwIfNoEntry/.test(options.getText(source))) {
    return err(refuse('no-promise-form', `\`throwIfNoEntry\` on line {line} is an option of \`${name}\` only.`, source, call));
  }
  return ok({ name: promised, namespace: isMember ? (root as ts.Identifier).text : null });
}

/** The module of Node that a name was imported from: `fs` of `node:fs`. */
function moduleOf(name: ts.Identifier, { scopes }: Code): string | null {
  const declaration = scopes.symbolOf(name)?.declarations?.[0];
  const statement = declaration && ts.findAncestor(declaration, (it) => ts.isImportDeclaration(it) || ts.isVariableStatement(it));
  const [, from] = (statement && /(?:from\s*|require\(\s*)['"](?:node:)?(fs|child_process|crypto|zlib)['"]/.exec(statement.getText())) ?? [];
  return from ?? null;
}

/** Of `import { readFileSync as read }`: the name in the module. */
function importedName(name: ts.Identifier, { scopes }: Code): string | undefined {
  const declaration = scopes.symbolOf(name)?.declarations?.[0];
  if (declaration && (ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration))) return (declaration.propertyName ?? declaration.name).getText();
  return undefined;
}
