/** What a recipe asks about a file: which names mean what, which functions there are. */
import { ok, type Result } from '../../base/result';
import type { Refusal } from '../../source/found-function';
import { childOf, childrenOf, statementsOf, undecorated, type PyNode } from '../../source/python/tree';
import type { RewriteRequest } from '../edit-plan';
import { bodyOf, classAround, dotted, functionAround, isFunction, nameOf, readCode, type Code } from './code';
import type { NameUse } from '../../source/python/scopes';
import { importedNames, Names, type ImportedName } from './names';

export interface ModuleImport extends ImportedName {
  readonly statement: PyNode;
}

export class PythonFile {
  readonly names: Names;
  /** Import statements of the module's top level, and of `try` and `if` blocks there. */
  readonly imports: readonly ModuleImport[];
  readonly #functions = new Map<string, PyNode[]>();

  constructor(
    readonly code: Code,
    readonly request: RewriteRequest,
  ) {
    this.names = new Names(code.source);
    this.imports = importsOf(code, code.root);
    for (const it of statementsOf(code.root)) {
      const definition = undecorated(it);
      if (isFunction(definition)) this.#functions.set(nameOf(code, definition), [...(this.#functions.get(nameOf(code, definition)) ?? []), definition]);
    }
  }

  /** The only function of this name at the module's level, if nothing else has the name there. */
  functionNamed(name: string): PyNode | null {
    const found = this.#functions.get(name) ?? [];
    const bindings = this.names.named(name).filter((it) => it.kind !== 'read' && this.names.home(it) === this.names.module);
    return found.length === 1 && bindings.length === 1 ? found[0]! : null;
  }

  get functions(): PyNode[] {
    return [...this.#functions.values()].flat();
  }

  /** The method that `self.name` means in a function, if the class of the function has exactly one. */
  methodNamed(from: PyNode, name: string): PyNode | null {
    const cls = classAround(outermostFunction(from) ?? from);
    const body = cls && bodyOf(cls);
    const found = body ? statementsOf(body).map(undecorated).filter((it) => isFunction(it) && nameOf(this.code, it) === name) : [];
    return found.length === 1 ? found[0]! : null;
  }

  /** What a dotted name is by the imports of the module: `asyncio.sleep`, wherever it came from; a builtin as `builtins.open`. */
  qualified(node: PyNode): string | null {
    const path = dotted(this.code, node);
    if (path === null) return null;
    const [root, ...rest] = path.split('.') as [string, ...string[]];
    const home = this.names.home({ name: root, scope: this.names.scopeAround(node) });
    if (home === null) return ['builtins', root, ...rest].join('.');
    const origins = this.importsOf(root, node).map((it) => (it.member === null ? it.module : `${it.module}.${it.member}`));
    return origins.length === 1 ? [origins[0]!, ...rest].join('.') : null;
  }

  /** The imports that give a name its meaning at `node`; none where something else binds it too. */
  importsOf(name: string, node: PyNode): ImportedName[] {
    const { names } = this;
    const home = names.home({ name, scope: names.scopeAround(node) });
    if (!home) return [];
    const bindings = names.named(name).filter((it) => it.kind !== 'read' && names.home(it) === home);
    const imports = bindings.map((it) => importAt(this.code, it));
    return imports.every((it) => it !== null) ? imports : [];
  }

  /** Whether a name of the module's level is a module that was imported. */
  isModule(node: PyNode): boolean {
    const path = dotted(this.code, node);
    if (path === null) return false;
    const found = this.importsOf(path.split('.')[0]!, node);
    return found.length > 0 && found.every((it) => it.member === null);
  }

  /** Whether the file imports a package, in any of its modules. */
  uses(...packages: readonly string[]): string | null {
    const roots = new Set(this.imports.map((it) => it.module.split('.')[0]!));
    return packages.find((it) => roots.has(it)) ?? null;
  }
}

export function readFile(request: RewriteRequest): Result<PythonFile, Refusal> {
  const code = readCode(request.path, request.text);
  return code.ok ? ok(new PythonFile(code.value, request)) : code;
}

function outermostFunction(node: PyNode): PyNode | null {
  let found: PyNode | null = null;
  for (let at = isFunction(node) ? node : functionAround(node); at; at = functionAround(at)) found = at;
  return found;
}

function importsOf(code: Code, block: PyNode): ModuleImport[] {
  return statementsOf(block).flatMap((statement) => {
    if (statement.kind === 'ImportStatement') return importedNames(code, statement).map((it) => ({ ...it, statement }));
    if (statement.kind !== 'TryStatement' && statement.kind !== 'IfStatement') return [];
    return childrenOf(statement, 'Body').flatMap((it) => importsOf(code, it));
  });
}

function importAt(code: Code, { node }: NameUse): ImportedName | null {
  const statement = node.parent;
  if (statement?.kind !== 'ImportStatement') return null;
  return importedNames(code, statement).find((it) => it.bound === node) ?? null;
}

/** Names of a function's parameters. */
export function parametersOf(file: PythonFile, fn: PyNode): Set<string> {
  const list = childOf(fn, 'ParamList');
  const scope = file.names.scopeOf(fn);
  if (!list) return new Set();
  return new Set(file.names.in(list).filter((it) => it.kind === 'write' && it.scope === scope).map((it) => it.name));
}
