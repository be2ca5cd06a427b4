/** `a = await f()` and `b = await g()` become `a, b = await asyncio.gather(f(), g())`. */
import { ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, Recipe } from '../../edit-plan';
import { readFile } from '../file';
import { firstAccepted } from '../pick';
import { refusal } from '../refuse';
import { check } from './check';
import { rowsAt } from './find';
import { write } from './write';

export const awaitsToGather: Recipe = {
  name: 'awaits-to-gather',
  rewrite: (request): Result<EditPlan, Refusal> => {
    const file = readFile(request);
    if (!file.ok) return file;
    const line = file.value.code.line(request.selection.start);
    return firstAccepted(
      rowsAt(file.value),
      (statements) => {
        const row = check(file.value, statements);
        return row.ok ? ok(write(file.value, row.value)) : row;
      },
      refusal('no-awaits', 'There are no awaits here. Put the cursor on one of several `name = await call(…)` that stand next to each other.', line),
    );
  },
};
