/** The worker's module, and the function that asks it under the old name. */
import { ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import { hasModifier } from '../../../source/javascript/names';
import ts from 'typescript';
import type { EditPlan } from '../../edit-plan';
import type { Code } from '../code';
import { awaitCallers } from '../worker/callers';
import { workerChanges } from '../worker/changes';
import { extract } from '../worker/extract';
import type { Task } from '../worker/task';

export function writeTask(task: Task, code: Code): Result<EditPlan, Refusal> {
  const extracted = extract(task, { name: task.name, replaced: null, chunked: false }, code);
  if (!extracted.ok) return extracted;
  const { edits, worker, moves, close } = extracted.value;
  const callers = awaitCallers(task, moves.moved.map(({ statement }) => statement), code);
  const isExported = hasModifier(task.statement, ts.SyntaxKind.ExportKeyword) || /\bexports\b/.test(code.text);
  return ok({
    recipe: 'wrap-cpu-task',
    title: `Run \`${task.name}\` in a pool of worker threads`,
    edits: [...edits, ...callers.edits].sort((a, b) => a.start - b.start || a.end - b.end),
    newFiles: [worker],
    packages: ['piscina'],
    changes: [
      `\`${task.name}\` gives a promise, and its calls run on several cores at once.`,
      ...(isExported ? [`Other files that call \`${task.name}\` get a promise too: await it there.`] : []),
      ...workerChanges(moves, worker.name, close),
    ],
    leftToDo: callers.leftToDo,
  });
}
