import { totalmem } from 'node:os';
import { HumanError } from '../base/human-error';
import type { Mebibytes } from '../base/units';
import { modelsOf, type Language, type Plan, type PlanRequest } from '../protocol/target';

/** Tasks at once in a worker, where nobody chose: enough to overlap most waits, few enough for most servers. */
const defaultConcurrency = 16;
const mostWorkers = 512;

/** Fills in what a request leaves open. Throws a `HumanError` where a number or model makes no sense. */
export function resolvePlan(request: PlanRequest, usableCores: number, language: Language): Plan {
  const models = modelsOf(language);
  if (!models.includes(request.model)) {
    const whose = language === 'python' ? 'Python has' : 'JavaScript and TypeScript have';
    throw new HumanError(`${whose} no model "${request.model}".`, `Use one of ${models.join(', ')}.`);
  }
  const processes = language === 'python' && (request.model === 'processes' || request.model === 'hybrid');
  if (request.startMethod !== undefined && !processes) {
    throw new HumanError(`The model "${request.model}" starts no processes.`, 'Leave the start method out, or use processes or hybrid in Python.');
  }
  const many = request.model !== 'sequential' && request.model !== 'gather';
  const overlaps = request.model === 'gather' || request.model === 'hybrid';
  return {
    model: request.model,
    workers: many ? whole('workers', request.workers ?? Math.max(1, Math.floor(usableCores)), mostWorkers) : 1,
    concurrency: overlaps ? whole('concurrency', request.concurrency ?? defaultConcurrency, 65_535) : 1,
    chunk: request.chunk === undefined || request.chunk === 'auto' ? 'auto' : whole('chunk', request.chunk, 1_000_000),
    ...(request.startMethod === undefined ? {} : { startMethod: request.startMethod }),
    tasks: null,
  };
}

/** Three quarters of the memory that there is. */
export function defaultMemoryLimit(): Mebibytes {
  const allowed = process.constrainedMemory?.() ?? 0;
  const total = allowed > 0 && allowed < totalmem() ? allowed : totalmem();
  return Math.floor((total / 2 ** 20) * 0.75);
}

function whole(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new HumanError(`${name} is ${value}.`, `Use a whole number from 1 to ${most}.`);
}
