/** Which functions may become a task of worker processes, and which of their callers may await it. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import { brokenCode } from '../broken';
import { checkAwaitPlace } from '../await-place';
import { isGenerator, isInside, nameOf, readCall, within, type Call } from '../code';
import type { PythonFile } from '../file';
import { checkWorkerFunction } from '../worker-function';

export interface WrappedFunction {
  readonly fn: PyNode;
  readonly name: string;
  /** Calls in async code of this file: they will await. */
  readonly awaiting: readonly Call[];
  /** Calls that go on as they are, with the reason. */
  readonly others: readonly { readonly line: number; readonly message: string }[];
}

export function check(file: PythonFile, fn: PyNode): Result<WrappedFunction, Refusal> {
  const reason = brokenCode(file, fn) ?? checkWorkerFunction(file, fn);
  if (reason) return err(reason);
  const name = nameOf(file.code, fn);
  const uses = file.names.named(name).filter((it) => it.kind === 'read' && file.names.home(it) === file.names.module && !isInside(it.node, fn));
  const awaiting: Call[] = [];
  const others: { line: number; message: string }[] = [];
  for (const { node } of uses) {
    const call = node.parent?.kind === 'CallExpression' && node.parent.children[0] === node ? readCall(file.code, node.parent) : null;
    if (!call) continue;
    const why = whyNot(file, call);
    if (why) others.push({ line: file.code.line(node), message: `This call of \`${name}\` still runs here: ${why}` });
    else awaiting.push(call);
  }
  return ok({ fn, name, awaiting, others });
}

function whyNot(file: PythonFile, call: Call): string | null {
  const odd = [...within(call.node)].find((it) => it.kind === 'LambdaExpression' || isGenerator(it));
  if (odd) return `\`${file.code.of(odd).split(/[\r\n]/)[0]}\` cannot be sent to a worker.`;
  return checkAwaitPlace(file, call.node)?.message ?? null;
}
