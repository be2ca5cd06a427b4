/** The function with an async one beside it that runs it in a worker process. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import { withDecorators } from '../../../source/python/tree';
import type { EditPlan, TextEdit } from '../../edit-plan';
import { needsParentheses } from '../await-place';
import { cpuExecutor, taskText } from '../cpu-executor';
import { inOrder } from '../edits';
import type { PythonFile } from '../file';
import { NeededImports } from '../imports';
import { guardEdits, loadedEffects, unguardedFrom } from '../main-guard';
import type { WrappedFunction } from './check';
import { signatureOf } from './signature';

export function write(file: PythonFile, { fn, name, awaiting, others }: WrappedFunction): Result<EditPlan, Refusal> {
  const { code } = file;
  const guarded = unguardedFrom(file, fn);
  if (!guarded.ok) return err(guarded.error);
  const imports = new NeededImports(file, fn);
  const wrapper = file.names.fresh(`${name}_async`);
  const executor = cpuExecutor(file, imports);
  const { parameters, passed, hasKeywords, returns } = signatureOf(code, fn);
  const { indent, eol } = code;
  const definition = [
    `async def ${wrapper}(${parameters})${returns}:`,
    `${indent}"""Runs \`${name}\` in a worker process."""`,
    `${indent}loop = ${imports.member('asyncio', 'get_running_loop')}()`,
    `${indent}return await loop.run_in_executor(${executor.name}(), ${taskText(name, passed, hasKeywords, imports)})`,
  ];
  const blocks = [...(executor.definition ? [executor.definition] : []), definition];
  const end = code.lineEnd(withDecorators(fn).end);
  const text = blocks.map((lines) => `${eol}${eol}${eol}${lines.join(eol)}`).join('');
  const edits: TextEdit[] = [...imports.edits(), { start: end, end, newText: text }];
  for (const { node, callee } of awaiting) {
    const open = needsParentheses(node) ? '(' : '';
    edits.push({ start: callee.start, end: callee.end, newText: `${open}await ${wrapper}` });
    if (open) edits.push({ start: node.end, end: node.end, newText: ')' });
  }
  if (guarded.value) edits.push(...guardEdits(file, guarded.value, null));
  return ok({
    recipe: 'wrap-cpu-task',
    title: `Run ${name} in worker processes`,
    edits: inOrder(edits),
    newFiles: [],
    packages: [],
    changes: [
      `\`${wrapper}\` runs \`${name}\` in a worker process; the event loop is free meanwhile.`,
      'Arguments and results are copied to and fro, so they have to be of kinds that `pickle` can copy.',
      'Variables of the module are the worker’s own: what a call changes there is not seen here.',
      ...(awaiting.length > 0 ? ['Where a call is awaited now, other tasks may run before it goes on.'] : []),
      ...(guarded.value ? ['What stands under the new main guard runs when the file is run, and no longer when it is imported.'] : []),
    ],
    leftToDo: [...others, ...loadedEffects(file, guarded.value)],
  });
}
