/**
 * The host's side of the measurement, in a thread of its own as in VS Code: a made-up run and the real feed.
 * The page relays the panel's messages to it, and its messages to the panel.
 */
import { Figures } from '../../src/host/panel/figures';
import { RunFeed } from '../../src/host/panel/feed';
import type { HostMessage, RunHeader } from '../../src/protocol/panel';
import type { RunData } from '../../src/profile/run-data';
import { MadeUpLiveRun, madeUpRun } from '../../test/made-up/run';

type Order = { do: 'whole'; tasks: number } | { do: 'live'; tasks: number; batch: number; batches: number };

const scope = self as unknown as { postMessage(message: unknown, transfer: Transferable[]): void; onmessage: ((event: MessageEvent) => void) | null };
const tell = (kind: string): void => scope.postMessage({ bench: kind }, []);
let feed: RunFeed | null = null;
let live: MadeUpLiveRun | null = null;
let order: Order | null = null;

scope.onmessage = ({ data }) => {
  if ('do' in data) prepare(data as Order);
  else if (data.type === 'ready') feed?.ready(data.lastSeq);
  else if (data.type === 'ack') feed?.acknowledge(data.seq);
  else if (data.type === 'stream') stream();
};

function prepare(next: Order): void {
  order = next;
  if (next.do === 'whole') {
    start(madeUpRun(shape(next.tasks)));
  } else {
    live = new MadeUpLiveRun(shape(next.tasks + next.batch * next.batches));
    live.advanceTasks(next.tasks);
    live.onUpdate(() => feed?.update());
    start(live.data);
  }
  tell('prepared');
}

/** In chunks as the runner's, which are larger still for tasks this short. Lengths shrink as tasks grow in number, so that every run lasts some seconds. */
const shape = (tasks: number) => ({ tasks, chunk: 64, length: 24_000 / tasks, waitLength: 14_000 / tasks });

/** `batch` further tasks every 50 ms. */
function stream(): void {
  const { batch, batches } = order as Extract<Order, { do: 'live' }>;
  let sent = 0;
  const timer = setInterval(() => {
    live!.advanceTasks(batch);
    if (++sent < batches) return;
    clearInterval(timer);
    tell('streamed');
  }, 50);
}

function start(run: RunData): void {
  const figures = new Figures();
  feed = new RunFeed(run, {
    post: (message: HostMessage) => scope.postMessage(message, 'data' in message ? [message.data] : []),
    figures: (data) => figures.of(data),
    header: headerOf,
    now: () => performance.now(),
    after: (delay, action) => {
      const timer = setTimeout(action, delay);
      return { dispose: () => clearTimeout(timer) };
    },
  });
}

const headerOf = (run: RunData): RunHeader => ({
  id: run.id,
  requestedAt: run.requestedAt,
  language: 'typescript',
  functionName: run.target.function,
  fileLabel: 'made-up.ts',
  line: 1,
  inputs: '',
  records: run.records.length,
  lanes: run.plan.workers * run.plan.concurrency,
});
