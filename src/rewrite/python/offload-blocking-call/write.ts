/** The call, awaited while a thread or a process makes it. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, TextEdit } from '../../edit-plan';
import { needsParentheses } from '../await-place';
import { topLevel } from '../code';
import { cpuExecutor, following, passedOn, taskText } from '../cpu-executor';
import { inOrder } from '../edits';
import type { PythonFile } from '../file';
import { NeededImports } from '../imports';
import { guardEdits, loadedEffects, unguardedFrom } from '../main-guard';
import type { Offload } from './check';

export function write(file: PythonFile, offload: Offload): Result<EditPlan, Refusal> {
  const { code } = file;
  const { call, way } = offload;
  const imports = new NeededImports(file, call.node);
  const callee = code.of(call.callee);
  const passed = passedOn(file, call);
  const edits: TextEdit[] = [];
  let value: string;
  let leftToDo: EditPlan['leftToDo'] = [];
  if (way === 'sleep') value = `await ${imports.member('asyncio', 'sleep')}(${passed})`;
  else if (way === 'thread') value = `await ${imports.member('asyncio', 'to_thread')}(${[callee, ...following(passed)].join('')})`;
  else {
    const guarded = unguardedFrom(file, call.node);
    if (!guarded.ok) return err(guarded.error);
    const executor = cpuExecutor(file, imports);
    const hasKeywords = call.args.some((it) => it.kind !== '' && it.kind !== '*');
    const loop = imports.member('asyncio', 'get_running_loop');
    value = `await ${loop}().run_in_executor(${executor.name}(), ${taskText(callee, passed, hasKeywords, imports)})`;
    if (executor.definition) {
      const start = code.lineStart(topLevel(call.node).start);
      edits.push({ start, end: start, newText: executor.definition.join(code.eol) + code.eol.repeat(3) });
    }
    if (guarded.value) edits.push(...guardEdits(file, guarded.value, null));
    leftToDo = loadedEffects(file, guarded.value);
  }
  if (needsParentheses(call.node)) value = `(${value})`;
  edits.push({ start: call.node.start, end: call.node.end, newText: value }, ...imports.edits());
  return ok({
    recipe: 'offload-blocking-call',
    title: titles[way](callee),
    edits: inOrder(edits),
    newFiles: [],
    packages: [],
    changes: changes[way],
    leftToDo: [...leftToDo, ...(way === 'sleep' ? unusedImport(file, offload) : [])],
  });
}

const titles: Record<Offload['way'], (callee: string) => string> = {
  sleep: () => 'Wait with asyncio.sleep',
  thread: (callee) => `Await ${callee.split(/[\r\n]/)[0]} in a thread`,
  process: (callee) => `Await ${callee} in a worker process`,
};

const goesOn = 'Other tasks of the event loop may run before the function goes on.';
const changes: Record<Offload['way'], readonly string[]> = {
  sleep: [goesOn, 'The wait ends early where the task is cancelled.'],
  thread: [goesOn, 'The call runs in another thread. Where the task is cancelled, the call goes on to its end, and its result is lost.'],
  process: [
    goesOn,
    'Arguments and results are copied to and fro, so they have to be of kinds that `pickle` can copy.',
    'Variables of the module are the worker’s own: what a call changes there is not seen here.',
  ],
};

/** The module that gave the blocking function, where nothing else uses it. */
function unusedImport(file: PythonFile, { call }: Offload): EditPlan['leftToDo'] {
  const root = file.code.of(call.callee).split('.')[0]!.trim();
  const use = file.names.named(root).find((it) => it.kind === 'read' && it.node.start === call.callee.start);
  if (!use) return [];
  const all = file.names.variable(use);
  const imported = all.find((it) => it.kind === 'write');
  if (!imported || all.filter((it) => it.kind === 'read').length > 1) return [];
  return [{ line: file.code.line(imported.node), message: `\`${root}\` is imported, and no longer used.` }];
}
