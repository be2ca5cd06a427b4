/** The row as one gather, or as a group of tasks. */
import type { EditPlan } from '../../edit-plan';
import { isAsync } from '../code';
import { inOrder } from '../edits';
import type { PythonFile } from '../file';
import { NeededImports } from '../imports';
import { reindented, wrapped } from '../layout';
import type { Row } from './check';
import type { Step } from './find';

export function write(file: PythonFile, { steps }: Row): EditPlan {
  const { code } = file;
  const imports = new NeededImports(file, steps[0]!.node);
  const range = { start: steps[0]!.node.start, end: steps.at(-1)!.node.end };
  const indent = code.indentOf(steps[0]!.node);
  const comments = code.commentsIn(range).filter((it) => !steps.some(({ call }) => it.start >= call.node.start && it.end <= call.node.end));
  const declared = steps.filter((it) => it.annotation).map((it) => code.text.slice(it.targets[0]!.start, it.annotation!.end));
  const asGroup = wantsGroup(file, steps);
  const rewritten = asGroup ? groupLines(file, imports, steps, indent) : gatherLines(file, imports, steps, indent);
  const lines = [...comments.map((it) => indent + code.of(it)), ...declared.map((it) => indent + it), ...rewritten];
  return {
    recipe: 'awaits-to-gather',
    title: asGroup ? 'Await these calls together in a task group' : 'Await these calls together with asyncio.gather',
    edits: inOrder([...imports.edits(), { start: code.lineStart(range.start), end: range.end, newText: lines.join(code.eol) }]),
    newFiles: [],
    packages: [],
    changes: [
      'The calls overlap: each is started before the one before it has ended.',
      asGroup
        ? 'After one failure the other calls are cancelled, and the error arrives in an ExceptionGroup.'
        : 'After one failure the error is raised at once, and the other calls go on in the background.',
      'Whatever the calls do besides giving a result may happen in another order.',
    ],
    leftToDo: [],
  };
}

const targetText = (file: PythonFile, { targets }: Step): string => {
  const text = file.code.text.slice(targets[0]!.start, targets.at(-1)!.end);
  return targets.length > 1 ? `(${text})` : text;
};

function gatherLines(file: PythonFile, imports: NeededImports, steps: readonly Step[], indent: string): string[] {
  const { code } = file;
  const head = `${steps.map((it) => targetText(file, it)).join(', ')} = await ${imports.member('asyncio', 'gather')}(`;
  const inner = indent + code.indent;
  const calls = steps.map(({ call }) => call.node);
  const whole = indent + head + calls.map((it) => code.of(it)).join(', ') + ')';
  const isShort = wrapped(code, indent, [[head, ')']], [calls.map((it) => code.of(it)).join(', ')]) === whole;
  if (isShort && !/[\r\n]/.test(whole)) return [whole];
  return [indent + head, ...calls.map((it) => `${inner}${reindented(code, it, indent, inner)},`), `${indent})`];
}

/** A group takes coroutines only, not whatever can be awaited. */
function wantsGroup(file: PythonFile, steps: readonly Step[]): boolean {
  const { taskGroup, project } = file.request;
  const [major, minor] = project.python ?? [3, 9];
  if (taskGroup !== true || (major === 3 && minor < 11)) return false;
  return steps.every(({ call }) => {
    const callee = call.callee.kind === 'VariableName' ? file.functionNamed(file.code.of(call.callee)) : null;
    return callee !== null && isAsync(callee) && callee.parent?.kind !== 'DecoratedStatement';
  });
}

function groupLines(file: PythonFile, imports: NeededImports, steps: readonly Step[], indent: string): string[] {
  const { code, names } = file;
  const inner = indent + code.indent;
  const group = names.fresh('group');
  const tasks = steps.map((it) => names.fresh(`${code.of(it.targets[0]!).replace(/\W+/g, '_').replace(/^_|_$/g, '')}_task`));
  return [
    `${indent}async with ${imports.member('asyncio', 'TaskGroup')}() as ${group}:`,
    ...steps.map(({ call }, at) => `${inner}${tasks[at]} = ${group}.create_task(${reindented(code, call.node, indent, inner)})`),
    ...steps.map((it, at) => `${indent}${code.text.slice(it.targets[0]!.start, it.targets.at(-1)!.end)} = ${tasks[at]}.result()`),
  ];
}
