/** What the workers of a plan are, in each language: threads, processes, an event loop. */
import type { Language, Model, Plan } from '../protocol/target';
import { count } from './words';

const scriptWorker = 'worker thread';
const pythonWorkers: Record<Model, string> = {
  sequential: 'process',
  gather: 'process',
  threads: 'thread',
  processes: 'process',
  hybrid: 'process',
  interpreters: 'interpreter',
};

const workerName = (language: Language, model: Model): string => (language === 'python' ? pythonWorkers[model] : scriptWorker);

/** `2 processes`, `4 threads`, `8 worker threads`. */
export function workersText({ model, workers }: Pick<Plan, 'model' | 'workers'>, language: Language): string {
  const one = workerName(language, model);
  return count(workers, one, one === 'process' ? 'processes' : `${one}s`);
}

/** `2 processes (spawn), an event loop in each with 16 calls at once`: what ran the calls. */
export function planText(plan: Pick<Plan, 'model' | 'workers' | 'concurrency' | 'startMethod'>, language: Language): string {
  const started = plan.startMethod === undefined ? '' : ` (${plan.startMethod})`;
  return `${workersText(plan, language)}${started}${how(plan, language)}`;
}

function how({ model, workers, concurrency }: Pick<Plan, 'model' | 'workers' | 'concurrency'>, language: Language): string {
  switch (model) {
    case 'sequential':
      return ', one call after the other';
    case 'gather':
      return `, an event loop with ${count(concurrency, 'call')} at once`;
    case 'hybrid':
      return `, an event loop${workers === 1 ? '' : ' in each'} with ${count(concurrency, 'call')} at once`;
    case 'threads':
      return language === 'python' ? ' of one process' : '';
    case 'interpreters':
      return ' in one process';
    case 'processes':
      return '';
  }
}
