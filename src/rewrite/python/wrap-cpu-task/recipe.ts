/** `def f(n)` gets an `async def f_async(n)` beside it that runs it in a worker process. */
import { err, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, Recipe } from '../../edit-plan';
import { readFile } from '../file';
import { functionAt } from '../loop/loop';
import { refusal } from '../refuse';
import { check } from './check';
import { write } from './write';

export const wrapCpuTask: Recipe = {
  name: 'wrap-cpu-task',
  rewrite: (request): Result<EditPlan, Refusal> => {
    const file = readFile(request);
    if (!file.ok) return file;
    const { start, end } = request.selection;
    const fn = functionAt(file.value, start, end);
    if (!fn) return err(refusal('no-function', 'There is no function here. Put the cursor in one.', file.value.code.line(start)));
    const wrapped = check(file.value, fn);
    return wrapped.ok ? write(file.value, wrapped.value) : wrapped;
  },
};
