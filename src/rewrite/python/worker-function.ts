/** Which functions another process can run in the place of this one. */
import type { Refusal } from '../../source/found-function';
import { childOf, childrenOf, statementsOf, type PyNode } from '../../source/python/tree';
import { ancestors, bare, bodyOf, calledName, dotted, functionAround, isAsync, isComprehension, isFunction, nameOf, readCall, receiverOf, running, within } from './code';
import { calleeIn, effectIn, rootOf } from './effects';
import type { PythonFile } from './file';
import { isMainGuard } from './main-guard';
import { firstFor, firstOf, refusal } from './refuse';
import { mutators } from './words';

/** Why a function of this file cannot be a worker's task; `null` where it can. */
export const checkWorkerFunction = (file: PythonFile, fn: PyNode): Refusal | null =>
  firstOf(
    () => placeOf(file, fn),
    () => kindOf(file, fn),
    () => decorators(file, fn),
    () => broken(file, fn),
    () => changes(file, fn),
    () => moduleState(file, fn),
    () => hiddenState(file, fn),
    () => identity(file, fn),
    () => results(file, fn),
  );

function placeOf(file: PythonFile, fn: PyNode): Refusal | null {
  const name = nameOf(file.code, fn);
  const line = file.code.line(fn);
  const holder = [...ancestors(fn)].find((it) => it.kind !== 'Body' && it.kind !== 'DecoratedStatement');
  if (holder?.kind === 'ClassDefinition') {
    return refusal('bound-method', `\`${name}\` is a method: its object would have to be copied to the worker. Move it to the module's level.`, line);
  }
  if (functionAround(fn)) {
    return refusal('not-module-level', `\`${name}\` is defined inside of another function, where a worker cannot find it. Move it to the module's level.`, line);
  }
  if (isMainGuard(file, holder) || file.functionNamed(name) !== fn) {
    return refusal('not-module-level', `\`${name}\` is not a function that the module always has: a worker that imports the module may not find it.`, line);
  }
  return null;
}

function kindOf(file: PythonFile, fn: PyNode): Refusal | null {
  const name = nameOf(file.code, fn);
  const line = file.code.line(fn);
  if (isAsync(fn)) return refusal('already-async', `\`${name}\` is \`async\` already. A worker process is for functions that compute.`, line);
  const yields = [...running(fn)].find((it) => it.kind === 'YieldExpression' || it.kind === 'YieldStatement');
  return yields ? refusal('generator', `\`${name}\` is a generator: it hands out its values one at a time (line ${file.code.line(yields)}).`, file.code.line(yields)) : null;
}

/** Decorators that leave a function where its name says it is. */
const harmless = /^(functools\.(lru_cache|cache|wraps)|numba\.(njit|jit)|typing\.(no_type_check|overload|final))$/;

function decorators(file: PythonFile, fn: PyNode): Refusal | null {
  const marks = fn.parent?.kind === 'DecoratedStatement' ? childrenOf(fn.parent, 'Decorator') : [];
  return firstFor(marks, (mark) => {
    const named = mark.children.filter((it) => it.kind === 'VariableName' || it.kind === 'PropertyName' || it.kind === 'MemberExpression' || it.kind === 'CallExpression');
    const callee = named[0] && (readCall(file.code, named[0])?.callee ?? named[0]);
    const path = callee && (named.length > 1 ? pathOf(file, named) : file.qualified(callee));
    if (path && harmless.test(path)) return null;
    const line = file.code.line(mark);
    return refusal('decorated', `\`${file.code.of(mark).trim()}\` at line ${line} may put something else in the place of the function, which cannot be sent to a worker.`, line);
  });
}

/** `@a.b(…)` has its names side by side in the tree. */
function pathOf(file: PythonFile, names: readonly PyNode[]): string | null {
  const root = file.qualified(names[0]!);
  return root && [root, ...names.slice(1).map((it) => file.code.of(it))].join('.');
}

function broken(file: PythonFile, fn: PyNode): Refusal | null {
  const fault = file.code.fault(fn);
  return fault === null ? null : refusal('syntax-error', `Python cannot read line ${file.code.line(fault)} as it stands. Mend that first.`, file.code.line(fault));
}

function changes(file: PythonFile, fn: PyNode): Refusal | null {
  const effect = effectIn(file, fn);
  if (!effect) return null;
  return refusal('shared-mutation', `\`${nameOf(file.code, fn)}\` ${effect.what} (line ${effect.line}): a worker would do that to a copy.`, effect.line);
}

/** A function with all functions of the file that it may call. */
function reached(file: PythonFile, fn: PyNode, seen: Set<PyNode> = new Set()): Set<PyNode> {
  if (seen.has(fn)) return seen;
  seen.add(fn);
  for (const it of within(fn)) {
    const callee = it.kind === 'CallExpression' ? calleeIn(file, it) : it.kind === 'VariableName' ? file.functionNamed(file.code.of(it)) : null;
    if (callee) reached(file, callee, seen);
  }
  return seen;
}

/** Variables of the module that are set or changed while the program runs: a worker has them as the module's text makes them. */
function moduleState(file: PythonFile, fn: PyNode): Refusal | null {
  const { names, code } = file;
  const used = new Map<string, PyNode>();
  for (const it of reached(file, fn)) {
    for (const name of names.in(it)) if (name.kind === 'read' && names.home(name) === names.module) used.set(name.name, name.node);
  }
  return firstFor(used, ([name, node]) => {
    const all = names.named(name).filter((it) => names.home(it) === names.module);
    const changed = all.find((it) => isLate(file, it.node) && (it.kind === 'write' || it.kind === 'update' || isChanged(file, it.node)));
    if (!changed) return null;
    const line = code.line(changed.node);
    return refusal('module-state', `\`${name}\`, which line ${code.line(node)} uses, is set at line ${line} while the program runs: a worker would not see that.`, line);
  });
}

/** Whether a place is not run when the module is imported. */
function isLate(file: PythonFile, node: PyNode): boolean {
  for (const it of ancestors(node)) {
    if (isFunction(it) || it.kind === 'LambdaExpression') return node !== childOf(it, 'VariableName');
    if (isMainGuard(file, it)) return true;
  }
  return false;
}

/** Whether an object's attribute or item is set at this use of its name, or a method called that changes it. */
function isChanged(file: PythonFile, node: PyNode): boolean {
  let at = node;
  while (at.parent?.kind === 'MemberExpression' && at.parent.children[0] === at) at = at.parent;
  const holder = at.parent;
  if (!holder) return false;
  if (holder.kind === 'CallExpression' && holder.children[0] === at) return mutators.has(calledName(file.code, at) ?? '') && !file.isModule(receiverOf(at) ?? at);
  if (at === node) return false;
  const sign = holder.children.findLastIndex((it) => it.kind === 'AssignOp' || it.kind === 'UpdateOp');
  return holder.kind === 'DeleteStatement' || (/^(Assign|Update)Statement$/.test(holder.kind) && holder.children.indexOf(at) < sign);
}

/** State that each process has for itself: random numbers, the terminal, threads. */
const perProcess = /^(random\.(?!Random$|SystemRandom$)\w+|numpy\.random\.(?!default_rng$|RandomState$|Generator$)\w+|np\.random\.\w+|builtins\.(input|breakpoint)|threading\.\w+|os\.(getpid|fork|chdir|putenv)|sys\.(stdin|exit)\w*|builtins\.(exit|quit)|contextvars\.\w+|multiprocessing\.\w+|asyncio\.\w+)/;

function hiddenState(file: PythonFile, fn: PyNode): Refusal | null {
  for (const it of reached(file, fn)) {
    for (const node of within(it)) {
      const path = node.kind === 'CallExpression' ? file.qualified(node.children[0]!) : null;
      if (!path || !perProcess.test(path)) continue;
      const line = file.code.line(node);
      return refusal('process-state', `\`${file.code.of(node.children[0]!)}\` at line ${line} depends on the process that runs it: a worker would give another result.`, line);
    }
  }
  return null;
}

/** What is sent to a worker arrives as a copy, which is not the object that the module knows. */
function identity(file: PythonFile, fn: PyNode): Refusal | null {
  const { code, names } = file;
  for (const it of reached(file, fn)) {
    for (const node of within(it)) {
      if (node.kind !== 'BinaryExpression' || !/\sis\s/.test(code.of(node))) continue;
      const known = names.in(node).find((name) => names.home(name) === names.module && !/^(True|False|None)$/.test(name.name) && isPlainVariable(file, name.node));
      if (!known) continue;
      const line = code.line(node);
      return refusal('identity', `\`${code.of(node).split(/[\r\n]/)[0]}\` at line ${line} asks for the very same object: a worker gets a copy.`, line);
    }
  }
  return null;
}

/** A variable of the module that is neither a function or class nor a module. */
function isPlainVariable(file: PythonFile, node: PyNode): boolean {
  const use = file.names.at(node);
  const made = use ? file.names.variable(use).filter((it) => it.kind === 'write') : [];
  return made.some((it) => !/^(FunctionDefinition|ClassDefinition)$/.test(it.node.parent?.kind ?? ''));
}

/** Whether a function does nothing that could take long: no loop, no recursion, nothing that another module does. */
export function isTrivial(file: PythonFile, fn: PyNode): boolean {
  const all = reached(file, fn);
  for (const it of all) {
    for (const node of within(it)) {
      if (/^(ForStatement|WhileStatement)$/.test(node.kind) || isComprehension(node)) return false;
      if (node.kind !== 'CallExpression') continue;
      const callee = calleeIn(file, node);
      if (callee && (callee === it || callee === fn)) return false;
      const path = file.qualified(node.children[0]!);
      if (path && !path.startsWith('builtins.') && !callee) return false;
    }
  }
  return true;
}

/** Whether running one function may run another one, or itself. */
export const leadsTo = (file: PythonFile, from: PyNode, to: PyNode): boolean => reached(file, from).has(to);

/** Results that cannot be sent back. */
function results(file: PythonFile, fn: PyNode): Refusal | null {
  const nested = new Set(statementsOf(bodyOf(fn)!).filter((it) => it.kind === 'FunctionDefinition' || it.kind === 'ClassDefinition').map((it) => nameOf(file.code, it)));
  for (const it of running(fn)) {
    if (it.kind !== 'ReturnStatement' || !it.children[1]) continue;
    const value = bare(it.children[1]);
    const call = readCall(file.code, value);
    const callee = call && (file.qualified(call.callee) ?? '');
    const made = rootOf(value);
    const isLocal = made !== null && nested.has(file.code.of(made)) && (value === made || call?.callee === made);
    const isOdd = value.kind === 'LambdaExpression' || value.kind === 'ComprehensionExpression' || isLocal || (callee && unsendable.test(callee));
    if (!isOdd) continue;
    const line = file.code.line(it);
    return refusal('not-picklable', `\`${file.code.of(it).split(/[\r\n]/)[0]}\` at line ${line} gives something that cannot be sent from a worker.`, line);
  }
  return null;
}

const unsendable = /^(builtins\.(open|iter|map|filter|zip|reversed|enumerate|memoryview|globals|locals)|re\.(match|search|fullmatch|finditer)|hashlib\.\w+|threading\.\w+|socket\.\w+|sqlite3\.\w+|subprocess\.Popen|types\.\w+|itertools\.\w+|weakref\.\w+|contextlib\.\w+|tempfile\.\w+|logging\.\w+)$/;

/** Modules of the standard library whose functions take and give plain values. */
const plainModules = /^(math|cmath|statistics|zlib|bz2|lzma|gzip|binascii|base64|json|difflib|textwrap|html|colorsys|unicodedata|zipfile|shlex|ast|tomllib)\./;

/** The function that a worker would run for a call: of this file, or imported. */
export function checkCallee(file: PythonFile, callee: PyNode, standard: ReadonlySet<string>): Refusal | null {
  const { code } = file;
  const line = code.line(callee);
  const text = code.of(callee).split(/[\r\n]/)[0]!;
  if (bare(callee).kind === 'LambdaExpression') {
    return refusal('lambda', `The lambda at line ${line} has no name under which a worker could find it. Make it a function of the module.`, line);
  }
  const path = dotted(code, callee);
  const imported = path === null ? [] : file.importsOf(path.split('.')[0]!, callee);
  if (imported.length === 1) return importedCallee(file, callee, standard);
  const receiver = receiverOf(callee);
  if (receiver) {
    return refusal('bound-method', `\`${text}\` is a method: its object would be copied to a worker for every item. Make it a function of the module.`, line);
  }
  if (callee.kind !== 'VariableName') return refusal('not-module-level', `What \`${text}\` calls is not known.`, line);
  const name = code.of(callee);
  const home = file.names.home({ name, scope: file.names.scopeAround(callee) });
  if (home === null) return refusal('not-worth-it', `\`${name}\` is a builtin, and done sooner than its arguments are sent to a worker.`, line);
  const fn = home === file.names.module ? file.functionNamed(name) : null;
  if (fn) return checkWorkerFunction(file, fn) ?? checkUse(file, callee, fn);
  const assigned = file.names.named(name).find((it) => it.kind === 'write' && file.names.home(it) === home)?.node;
  const holder = assigned?.parent;
  if (holder?.kind === 'AssignStatement' && holder.children.at(-1)?.kind === 'LambdaExpression') {
    return refusal('lambda', `\`${name}\` is a lambda (line ${code.line(holder)}), which a worker cannot find by its name. Make it a \`def\`.`, code.line(holder));
  }
  return refusal('not-module-level', `\`${name}\` is not a function at the module's level, so it cannot be sent to a worker.`, line);
}

/** Why a function that a worker could run should not be run by one here. */
function checkUse(file: PythonFile, callee: PyNode, fn: PyNode): Refusal | null {
  const line = file.code.line(callee);
  const name = nameOf(file.code, fn);
  const around = functionAround(callee);
  if (around && leadsTo(file, fn, around)) {
    return refusal('recursive', `\`${name}\` leads back to line ${line}: each worker would start workers of its own.`, line);
  }
  if (!isTrivial(file, fn)) return null;
  return refusal('not-worth-it', `\`${name}\` has no loop and calls nothing that could take long: it is done sooner than its arguments are sent to a worker.`, line);
}

function importedCallee(file: PythonFile, callee: PyNode, standard: ReadonlySet<string>): Refusal | null {
  const line = file.code.line(callee);
  const text = file.code.of(callee);
  const path = file.qualified(callee)!;
  const name = path.split('.').at(-1)!;
  const isStandard = standard.has(path.split('.')[0]!);
  if (/^[A-Z]/.test(name) || (isStandard && !plainModules.test(path))) {
    return refusal('not-known', `Whether \`${text}\` can be sent to a worker, and its results back, is not known (line ${line}).`, line);
  }
  const importedAs = file.importsOf(text.split('.')[0]!, callee)[0]!;
  // `from m import Thing` and then `Thing.method`
  if (importedAs.member !== null && text.includes('.') && /^[A-Z]/.test(importedAs.member)) {
    return refusal('bound-method', `\`${text}\` is a method of something that was imported (line ${line}).`, line);
  }
  return null;
}
