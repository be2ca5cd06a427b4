/** Whether a blocking call can be awaited where it stands, and where else it can run. */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import { functionCalled } from '../callee';
import type { Code } from '../code';
import { formatOf } from '../format';
import { refuse, shown } from '../refuse';
import { calleeName, functionAround, isAsyncFunction, peeled } from '../syntax';
import { racedAssignment } from '../worker/callers';
import { taskOf, type Task } from '../worker/task';
import { promiseForm, type PromiseForm } from './promise-form';

export type Offload =
  | { readonly kind: 'pool'; readonly call: ts.CallExpression; readonly task: Task }
  /** A function of Node that also comes as one that does not block. */
  | { readonly kind: 'promise'; readonly call: ts.CallExpression; readonly form: PromiseForm };

export function checkCall(call: ts.CallExpression, code: Code): Result<Offload, Refusal> {
  const { source } = code;
  const context = refuseContext(call, code);
  if (context) return err(context);
  const form = promiseForm(call, code);
  if (form) return form.ok ? ok({ kind: 'promise', call, form: form.value }) : form;
  const fn = functionCalled(call, code);
  if (!fn) return err(refuseUnknown(call, code));
  const task = taskOf(fn, code);
  if (!task.ok) return task;
  if (isAsyncFunction(fn)) return err(refuse('not-blocking', `\`${task.value.name}\`, called on line {line}, is async and is awaited already.`, source, call));
  return ok({ kind: 'pool', call, task: task.value });
}

function refuseContext(call: ts.CallExpression, code: Code): Refusal | null {
  const { source } = code;
  const around = functionAround(call);
  const name = shown(call.expression, source);
  if (!around) {
    if (formatOf(code) === 'esm') return null;
    return refuse('not-async', `\`${name}\` on line {line} is called at the top level of a CommonJS module, which cannot await.`, source, call);
  }
  if (!isAsyncFunction(around)) {
    const kind = ts.isArrowFunction(around) ? 'an arrow function' : 'a function';
    return refuse('not-async', `\`${name}\` on line {line} is called in ${kind} that is not async.`, source, call);
  }
  const parameter = ts.findAncestor(call, (it) => it === around || ts.isParameter(it));
  if (parameter && ts.isParameter(parameter)) return refuse('not-async', `\`${name}\` on line {line} is called in a parameter's default, which cannot await.`, source, call);
  if (ts.isOptionalChain(call.parent) || ts.isOptionalChain(call)) return refuse('optional-chain', `\`${shown(call.parent, source)}\` on line {line} may not be called at all.`, source, call);
  const race = racedAssignment(call, around);
  if (race) return refuse('race', `\`${shown(race, source)}\` on line {line} reads before the call what it writes after it, and other code could run in between.`, source, race);
  return null;
}

function refuseUnknown(call: ts.CallExpression, { source, scopes }: Code): Refusal {
  const callee = peeled(call.expression);
  const declaration = ts.isIdentifier(callee) ? scopes.symbolOf(callee)?.declarations?.[0] : undefined;
  const statement = declaration && ts.findAncestor(declaration, (it) => ts.isImportDeclaration(it) || ts.isVariableStatement(it));
  const [, from] = (statement && /(?:from\s*|require\(\s*)['"]([^'"]+)['"]/.exec(statement.getText(source))) ?? [];
  if (from !== undefined) {
    const message = `\`${calleeName(call)}\` on line {line} comes from \`${from}\`: wrap it there, or call it in a function of this file.`;
    return refuse('imported', message, source, call);
  }
  return refuse('unknown-callee', `\`${shown(call.expression, source)}\` on line {line} is no function of this file, which a worker could be given.`, source, call);
}
