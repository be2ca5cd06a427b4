/**
 * What Piscina loads in each worker thread: opens the link, takes the orders of the run, calls the target.
 * The link is open before any user code is there.
 */
import { once } from 'node:events';
import { receiveMessageOnPort } from 'node:worker_threads';
import { faultOf } from './fault';
import type { ChunkDone, Errand, FromWorker, Orders } from './messages';
import { loadIntoSlot } from './slot';
import { Answers } from './thread/answers';
import { Caller } from './thread/caller';
import { monotonic } from './thread/clock';
import { openLink } from './thread/link';
import { watchLooseEnds } from './thread/loose-ends';
import { OutputCapture } from './thread/output';

const { port, watch } = openLink();
const post = (message: FromWorker): void => port.postMessage(message);

interface Crew {
  readonly caller: Caller;
  readonly answers: Answers;
  readonly now: () => number;
}
let crew: Crew | null = null;
let loading: Promise<Crew> | null = null;

export default function handle(errand: Errand): ChunkDone | Promise<ChunkDone | void> {
  if (errand.type === 'chunk' && crew) return crew.caller.run(errand);
  if (errand.type === 'farewell') return sayFarewell(errand.gather, errand.expected);
  loading ??= takeOrders();
  return loading.then(({ caller }) => (errand.type === 'chunk' ? caller.run(errand) : undefined));
}

async function takeOrders(): Promise<Crew> {
  const orders = await receiveOrders();
  const now = (): number => monotonic() - orders.origin;
  const output = new OutputCapture(() => crew?.caller.currentTask() ?? null);
  watchLooseEnds({
    exiting: (code) => {
      crew?.answers.flush(now());
      post({ type: 'exiting', code, task: crew?.caller.currentTask() ?? null });
    },
    escaped: (what) => {
      const task = crew?.caller.currentTask() ?? null;
      post({ type: 'warning', text: `${task === null ? 'Outside any task' : `Task ${task}`}: ${what}` });
    },
  });
  const answers = new Answers(port, orders, output, now());
  try {
    const { target } = await loadIntoSlot(orders.module.file, orders.module.sourceMaps);
    if (typeof target !== 'function') {
      throw new TypeError(`The target is not a function when its module is loaded, but ${typeof target}.`);
    }
    post({ type: 'ready', at: now() });
    crew = { caller: new Caller(target, orders, answers, watch, now), answers, now };
    return crew;
  } catch (thrown) {
    if (output.waiting) post({ type: 'output', ...output.take() });
    post({ type: 'load-failed', fault: faultOf(thrown, -1, 'load') });
    throw new Error('The module could not be loaded.');
  }
}

async function receiveOrders(): Promise<Orders> {
  const waiting = receiveMessageOnPort(port) as { message: Orders } | undefined;
  if (waiting) return waiting.message;
  port.ref();
  const [event] = (await once(port, 'message')) as [Orders];
  port.unref();
  return event;
}

/** Timers that a task left behind may still fire this long after the last result, ms. */
const looseEndsWithin = 20;

function hasTimers(): boolean {
  return process.getActiveResourcesInfo().includes('Timeout');
}

/** Holds until every worker is here, so that each gets exactly one farewell, and loose ends of its tasks can come out. */
async function sayFarewell(gather: SharedArrayBuffer, expected: number): Promise<void> {
  const arrived = new Int32Array(gather);
  Atomics.add(arrived, 0, 1);
  const until = performance.now() + 200;
  do await new Promise((resolve) => setImmediate(resolve));
  while (Atomics.load(arrived, 0) < expected && performance.now() < until);
  if (hasTimers()) await new Promise((resolve) => setTimeout(resolve, looseEndsWithin));
  if (!crew) return;
  const now = crew.now();
  crew.answers.flush(now);
  post({ type: 'farewell', ...crew.answers.totals(now) });
}
