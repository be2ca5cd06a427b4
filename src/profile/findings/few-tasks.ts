import { count } from '../words';
import type { Finder } from './finding';

/** Workers that could not have had a task, because there were fewer tasks than workers. */
export const findFewTasks: Finder = (run, { tasks, timing }) => {
  const without = run.plan.workers - tasks;
  if (run.outcome !== 'completed' || tasks === 0 || without <= 0) return null;
  const sentence = `${count(without, 'worker')} had nothing to do: there ${tasks === 1 ? 'was' : 'were'} only ${count(tasks, 'task')} for ${run.plan.workers}.`;
  return { kind: 'few-tasks', from: 0, to: timing.wallMs, value: without, unit: 'lanes', sentence };
};
