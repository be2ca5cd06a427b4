/** Calls that are known to hold up whatever thread makes them. */
import type { PyNode } from '../../../source/python/tree';
import { ancestors, calledName, isAsync, isFunction, readAssignment, receiverOf, within, type Call, readCall } from '../code';
import { calleeIn } from '../effects';
import type { PythonFile } from '../file';

export type Blocking = 'sleep' | 'io';

const functions = new RegExp(
  `^(${[
    'requests\\.(get|post|put|patch|delete|head|options|request)',
    'httpx\\.(get|post|put|patch|delete|head|options|request|stream)',
    'urllib\\.request\\.(urlopen|urlretrieve)',
    'urllib3\\.request',
    'subprocess\\.(run|call|check_call|check_output|getoutput|getstatusoutput)',
    'os\\.(system|waitpid|wait)',
    'socket\\.(create_connection|gethostbyname|gethostbyaddr|getaddrinfo|getfqdn|getnameinfo)',
    'shutil\\.(copy|copy2|copyfile|copytree|rmtree|move|make_archive|unpack_archive)',
    'builtins\\.input',
    'select\\.select',
    'smtplib\\.SMTP(_SSL)?',
    'ftplib\\.FTP(_TLS)?',
  ].join('|')})$`,
);

/** Methods of files, whatever the file is called. */
const fileMethods = new Set(['read', 'readline', 'readlines', 'write', 'writelines']);
const pathMethods = new Set(['read_text', 'read_bytes', 'write_text', 'write_bytes']);
const sessionMethods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request']);
const popenMethods = new Set(['wait', 'communicate']);

const openers = /^(builtins|io|gzip|bz2|lzma|codecs)\.open$/;

/** What a call is known to wait for. */
export function blockingKind(file: PythonFile, call: Call): Blocking | null {
  if (call.node.parent?.kind === 'AwaitExpression') return null;
  const path = file.qualified(call.callee);
  if (path === 'time.sleep') return 'sleep';
  if (path && functions.test(path)) return 'io';
  const name = calledName(file.code, call.callee);
  const receiver = receiverOf(call.callee);
  if (!name || !receiver) return null;
  if (fileMethods.has(name)) return madeBy(file, receiver, openers) ? 'io' : null;
  if (pathMethods.has(name)) return madeBy(file, receiver, /^pathlib\.(Path|PosixPath|WindowsPath)$/) ? 'io' : null;
  if (sessionMethods.has(name)) return madeBy(file, receiver, /^requests\.(Session|session)$/) ? 'io' : null;
  if (popenMethods.has(name)) return madeBy(file, receiver, /^subprocess\.Popen$/) ? 'io' : null;
  return null;
}

/** Whether an expression, or the only assignment of a variable of the same function, calls one of `makers`. */
function madeBy(file: PythonFile, node: PyNode, makers: RegExp): boolean {
  const call = readCall(file.code, node);
  if (call) return makers.test(file.qualified(call.callee) ?? '');
  const use = node.kind === 'VariableName' ? file.names.at(node) : null;
  if (!use) return false;
  const writes = file.names.variable(use).filter((it) => it.kind !== 'read');
  return writes.length > 0 && writes.every((it) => bindsCall(file, it.node, makers));
}

function bindsCall(file: PythonFile, node: PyNode, makers: RegExp): boolean {
  const holder = node.parent!;
  const assignment = readAssignment(holder);
  if (assignment) return assignment.value.length === 1 && madeBy(file, assignment.value[0]!, makers);
  if (holder.kind !== 'WithStatement') return false;
  const at = holder.children.indexOf(node);
  return holder.children[at - 1]?.kind === 'as' && madeBy(file, holder.children[at - 2]!, makers);
}

/** The first blocking call that running a function of this file leads to. */
export function blockingWithin(file: PythonFile, fn: PyNode, seen: Set<PyNode> = new Set()): Call | null {
  if (seen.has(fn)) return null;
  seen.add(fn);
  for (const node of within(fn)) {
    const call = readCall(file.code, node);
    if (!call) continue;
    if (blockingKind(file, call)) return call;
    const callee = calleeIn(file, node);
    const found = callee && !isAsync(callee) ? blockingWithin(file, callee, seen) : null;
    if (found) return found;
  }
  return null;
}

/** Whether code runs in an `async def`, not counting what plain functions and lambdas inside of it hold. */
export function runsInCoroutine(node: PyNode): boolean {
  for (const it of ancestors(node)) {
    if (it.kind === 'LambdaExpression' || it.kind === 'ClassDefinition') return false;
    if (isFunction(it)) return isAsync(it);
  }
  return false;
}

