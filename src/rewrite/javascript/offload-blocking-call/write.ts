/** The call, awaited: of a pool, or of the function of Node that does not block. */
import { ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, TextEdit } from '../../edit-plan';
import type { Code } from '../code';
import { addStatements, importOf } from '../imports';
import { awaited } from '../worker/callers';
import { workerChanges } from '../worker/changes';
import { extract } from '../worker/extract';
import type { Offload } from './check';

const meanwhile = 'Other code can run while the call is waited for, and may change what this function has read before.';

export function writeOffload(found: Offload, code: Code): Result<EditPlan, Refusal> {
  return found.kind === 'pool' ? writePool(found, code) : ok(writePromise(found, code));
}

function writePool({ call, task }: Offload & { kind: 'pool' }, code: Code): Result<EditPlan, Refusal> {
  const name = code.scopes.fresh(`${task.name}InPool`);
  const extracted = extract(task, { name, replaced: [call], chunked: false }, code);
  if (!extracted.ok) return extracted;
  const { edits, worker, moves, close } = extracted.value;
  return ok({
    recipe: 'offload-blocking-call',
    title: `Run this call of \`${task.name}\` in a pool of worker threads`,
    edits: [...edits, ...renamed(call, name, code)].sort((a, b) => a.start - b.start || a.end - b.end),
    newFiles: [worker],
    packages: ['piscina'],
    changes: [meanwhile, ...workerChanges(moves, worker.name, close)],
    leftToDo: [],
  });
}

function writePromise({ call, form }: Offload & { kind: 'promise' }, code: Code): EditPlan {
  const imported = form.namespace ? null : importOf(code, 'node:fs/promises', form.name, form.name);
  const name = imported?.name ?? `${form.namespace}.promises.${form.name}`;
  return {
    recipe: 'offload-blocking-call',
    title: `Wait for \`${form.name}\` without blocking`,
    edits: [...addStatements(code, imported?.statement ? [imported.statement] : []), ...renamed(call, name, code)].sort((a, b) => a.start - b.start),
    newFiles: [],
    packages: [],
    changes: [meanwhile],
    leftToDo: [],
  };
}

function renamed(call: Offload['call'], name: string, code: Code): TextEdit[] {
  const [open, ...rest] = awaited(call, code.source);
  return [{ start: open!.start, end: call.expression.end, newText: open!.newText + name }, ...rest];
}
