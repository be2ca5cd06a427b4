/** Which awaits in a row may overlap. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import { checkAwaited, notAsync, otherEventLoop } from '../awaiting';
import { calledName, dotted, functionAround, isInside, readCall, receiverOf, walrusIn, within } from '../code';
import { effectIn, selfMethod } from '../effects';
import { readerOf } from '../receivers';
import { useAfterFailure } from '../failure';
import type { PythonFile } from '../file';
import { brokenCode } from '../broken';
import { isDeclared } from '../names';
import { firstFor, firstOf, refusal } from '../refuse';
import { readsLikeEffect } from '../words';
import { stepOf, type Step } from './find';

export interface Row {
  readonly steps: readonly Step[];
}

export function check(file: PythonFile, statements: readonly PyNode[]): Result<Row, Refusal> {
  const { code } = file;
  const first = statements[0]!;
  const resultless = statements.find((it) => it.kind === 'ExpressionStatement' && it.children[0]!.kind === 'AwaitExpression');
  if (resultless) {
    const line = code.line(resultless);
    return err(refusal('no-result', `\`${shown(file, resultless)}\` at line ${line} has no result, so it is awaited for what it does.`, line));
  }
  const other = statements.find((it) => !stepOf(file, it));
  if (other) {
    const line = code.line(other);
    return err(refusal('not-adjacent', `The awaits are not adjacent: \`${shown(file, other)}\` at line ${line} is no \`name = await call(…)\`.`, line));
  }
  const steps = statements.map((it) => stepOf(file, it)!);
  if (steps.length < 2) {
    return err(refusal('not-adjacent', 'There is only one await here: a gather needs two that stand next to each other.', code.line(first)));
  }
  const reason = firstOf(
    () => brokenCode(file, first),
    () => notAsync(file, functionAround(first), first),
    () => otherEventLoop(file, code.line(first)),
    () => firstFor(steps, (step) => oddTarget(file, step)),
    () => neededResult(file, steps),
    () => firstFor(steps, (step) => oddArguments(file, step)),
    () => sameReceiver(file, steps),
    () => readReceiver(file, steps),
    () => sameCall(file, steps),
    () => firstFor(steps, (step) => checkAwaited(file, step.call, () => false)),
    () => sharesLine(file, statements),
    () => usedAfterFailure(file, steps),
  );
  return reason ? err(reason) : ok({ steps });
}

const shown = (file: PythonFile, node: PyNode): string => file.code.of(node).split(/[\r\n]/)[0]!.slice(0, 60);

function oddTarget(file: PythonFile, step: Step): Refusal | null {
  const line = file.code.line(step.node);
  const target = { start: step.targets[0]!.start, end: step.targets.at(-1)!.end };
  const names = file.names.in(target);
  const isPlain = names.every((it) => it.kind === 'write' && !isDeclared(it));
  if (isPlain && !step.targets.some((it) => it.kind === '*')) return null;
  return refusal('not-a-name', `Line ${line} assigns to \`${file.code.of(target)}\`, which the next call may read.`, line);
}

const assignedBy = (file: PythonFile, step: Step) =>
  file.names.in({ start: step.node.start, end: step.targets.at(-1)!.end }).filter((it) => it.kind === 'write');

function neededResult(file: PythonFile, steps: readonly Step[]): Refusal | null {
  const { code } = file;
  return firstFor(steps, (step) =>
    firstFor(assignedBy(file, step), ({ name, scope }) => {
      const later = steps.slice(steps.indexOf(step) + 1);
      const user = later.find((it) => file.names.in(it.node).some((use) => use.name === name));
      if (user) {
        const line = code.line(user.node);
        return refusal('needs-result', `Line ${line} uses \`${name}\`, the result of line ${code.line(step.node)}.`, line);
      }
      const variable = file.names.named(name).filter((it) => file.names.home(it) === scope);
      const captured = variable.find((it) => it.scope !== scope && it.scope.kind !== 'comprehension');
      if (!captured) return null;
      const line = code.line(captured.node);
      return refusal('needs-result', `A function at line ${line} uses \`${name}\`, and the next call may call it.`, line);
    }),
  );
}

function oddArguments(file: PythonFile, step: Step): Refusal | null {
  const { code } = file;
  const walrus = walrusIn(code, step.call.node);
  if (walrus) {
    const line = code.line(walrus);
    return refusal('assignment-in-argument', `\`${code.of(walrus)}\` at line ${line} assigns in an argument: all arguments come first in a gather.`, line);
  }
  for (const it of within(step.call.node)) {
    const line = code.line(it);
    if (it.kind === 'AwaitExpression' || it.kind === 'YieldExpression') {
      return refusal('await-in-argument', `\`${shown(file, it)}\` at line ${line} is an argument, and would come before the other calls.`, line);
    }
    if (it === step.call.node || it.kind !== 'CallExpression') continue;
    const name = calledName(code, readCall(code, it)?.callee ?? it);
    const effect = effectIn(file, it);
    if (effect || (name !== null && readsLikeEffect(name))) {
      return refusal('assignment-in-argument', `\`${shown(file, it)}\` at line ${line} changes something, and would come before the other calls.`, line);
    }
  }
  return null;
}

function sameReceiver(file: PythonFile, steps: readonly Step[]): Refusal | null {
  const receivers = steps.map((step) => {
    const node = receiverOf(step.call.callee);
    return node && !file.isModule(node) ? (dotted(file.code, node) ?? file.code.of(node)) : null;
  });
  return firstFor(receivers.keys(), (at) => {
    const mine = receivers[at]!;
    const other = receivers.slice(0, at).find((it) => it && mine && (it === mine || it.startsWith(`${mine}.`) || mine.startsWith(`${it}.`)));
    if (!other) return null;
    const line = file.code.line(steps[at]!.node);
    return refusal('one-receiver', `\`${mine}\` at line ${line} is called before too: what one call does to it, the other may need.`, line);
  });
}

/** `a = await box.get()` may change what `b = await f(box.size)` reads. */
function readReceiver(file: PythonFile, steps: readonly Step[]): Refusal | null {
  return firstFor(steps, (step) => {
    const node = receiverOf(step.call.callee);
    // What methods of this class change is known.
    if (!node || file.isModule(node) || selfMethod(file, step.call.callee) !== null) return null;
    const others = steps.filter((it) => it !== step);
    const reader = firstFor(others, (it) => readerOf(file, node, [it.call.node]));
    if (!reader) return null;
    const line = file.code.line(reader);
    return refusal('one-receiver', `\`${file.code.of(reader)}\` at line ${line} belongs to \`${file.code.of(node)}\`, which another of the calls may change.`, line);
  });
}

/** `a = await take()` and `b = await take()` take one after the other of something. */
function sameCall(file: PythonFile, steps: readonly Step[]): Refusal | null {
  const texts = steps.map((it) => file.code.of(it.call.node).replace(/\s+/g, ''));
  const at = texts.findIndex((it, index) => texts.indexOf(it) < index);
  if (at < 0) return null;
  const line = file.code.line(steps[at]!.node);
  return refusal('same-call', `\`${shown(file, steps[at]!.call.node)}\` at line ${line} is called twice: it seems to take the next of something.`, line);
}

function sharesLine(file: PythonFile, statements: readonly PyNode[]): Refusal | null {
  const first = statements[0]!;
  if (file.code.startsLine(first)) return null;
  return refusal('shares-line', 'The statements share a line with others. Put them on lines of their own.', file.code.line(first));
}

function usedAfterFailure(file: PythonFile, steps: readonly Step[]): Refusal | null {
  const whole = { start: steps[0]!.node.start, end: steps.at(-1)!.node.end };
  return firstFor(steps.slice(0, -1), (step) =>
    firstFor(assignedBy(file, step), (it) => {
      const use = useAfterFailure(file, step.node, file.names.variable(it).filter((other) => !isInside(other.node, whole)));
      if (!use) return null;
      const line = file.code.line(use.node);
      return refusal('partial-results', `\`${it.name}\` is read after a failure (line ${line}), and would not be assigned then.`, line);
    }),
  );
}
