import type { Recipe } from '../../edit-plan';
import { withCode } from '../code';
import { checkFunction } from './check';
import { findFunction } from './find';
import { writeTask } from './write';

/** A function into a worker's module; what keeps its name asks a pool for it. */
export const wrapCpuTask: Recipe = {
  name: 'wrap-cpu-task',
  rewrite: (request) =>
    withCode(request, (code) => {
      const found = findFunction(code);
      if (!found.ok) return found;
      const task = checkFunction(found.value, code);
      return task.ok ? writeTask(task.value, code) : task;
    }),
};
