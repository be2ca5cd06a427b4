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
import { clockFrom } from './thread/clock';
import { openLink } from './thread/link';
import { watchLooseEnds } from './thread/loose-ends';
import { OutputCapture } from './thread/output';

const { port, watch } = openLink();
const post = (message: FromWorker): void => port.postMessage(message);

/** This thread's part in the run that it has orders for. */
interface Part {
  readonly caller: Caller;
  readonly answers: Answers;
  readonly now: () => number;
}
let part: Part | null = null;
let loading: Promise<Part> | null = null;
let awaitsOrders = false;

const currentTask = (): number | null => part?.caller.currentTask() ?? null;
const output = new OutputCapture(currentTask);
watchLooseEnds({
  exiting: (code) => {
    if (part) part.answers.flush(part.now());
    post({ type: 'exiting', code, task: currentTask() });
  },
  escaped: (what) => {
    const task = currentTask();
    post({ type: 'warning', text: `${task === null ? 'Outside any task' : `Task ${task}`}: ${what}` });
  },
});

export default function handle(errand: Errand): ChunkDone | Promise<ChunkDone | void> {
  if (errand.type === 'chunk' && part) return part.caller.run(errand);
  if (errand.type === 'farewell') return sayFarewell(errand.gather, errand.expected);
  // Orders come before their errands, but for a member that joins late. Who waits for them already will get them.
  const orders = awaitsOrders ? null : newOrders();
  if (orders || !loading) loading = takePart(orders);
  return loading.then(({ caller }) => (errand.type === 'chunk' ? caller.run(errand) : undefined));
}

async function takePart(given: Orders | null): Promise<Part> {
  part = null;
  const orders = given ?? (await awaitOrders());
  const now = clockFrom(orders.origin);
  const answers = new Answers(port, orders, output, now());
  try {
    const { target } = await loadIntoSlot(orders.module.file, orders.module.sourceMaps);
    if (typeof target !== 'function') {
      throw new TypeError(`The target is not a function when its module is loaded, but ${typeof target}.`);
    }
    post({ type: 'ready', at: now() });
    part = { caller: new Caller(target, orders, answers, watch, now), answers, now };
    return part;
  } catch (thrown) {
    if (output.waiting) post({ type: 'output', ...output.take() });
    post({ type: 'load-failed', fault: faultOf(thrown, -1, 'load') });
    throw new Error('The module could not be loaded.');
  }
}

function newOrders(): Orders | null {
  return (receiveMessageOnPort(port) as { message: Orders } | undefined)?.message ?? null;
}

async function awaitOrders(): Promise<Orders> {
  awaitsOrders = true;
  port.ref();
  const [orders] = (await once(port, 'message')) as [Orders];
  port.unref();
  awaitsOrders = false;
  return orders;
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
  if (!part) return;
  const now = part.now();
  part.answers.flush(now);
  post({ type: 'farewell', ...part.answers.totals(now) });
}
