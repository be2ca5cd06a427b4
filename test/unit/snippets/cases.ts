/** How each snippet is used, so that it can be compiled and run with its defaults: the same for both languages. */
export interface SnippetCase {
  readonly title: string;
  /** What is inserted into which file (without its extension). */
  readonly files: Readonly<Record<string, Insertion>>;
  /** A file of `drivers/` that uses them. */
  readonly driver: string;
  /** Other files of `drivers/` that it needs. */
  readonly helpers?: readonly string[];
  /** All that the driver prints. */
  readonly prints: readonly string[];
  readonly exitCode?: number;
}

export interface Insertion {
  readonly prefix: string;
  /** Code around the snippet, valid in both languages. */
  readonly before?: string;
  readonly after?: string;
}

export const snippetCases: readonly SnippetCase[] = [
  {
    title: 'a worker task and its pool',
    files: { worker: { prefix: 'cw-worker-task' }, pool: { prefix: 'cw-pool' } },
    driver: 'pool.mjs',
    prints: ['[ 4, 25, 168 ]', 'uncloneable input: DataCloneError', 'aborted: AbortError', 'pools ended: 3 of 3'],
  },
  {
    title: 'a chunked map over a pool',
    files: { worker: { prefix: 'cw-chunk-task' }, map: { prefix: 'cw-chunked-map' } },
    driver: 'chunked-map.mjs',
    prints: ['1000 squares in order', '8 messages', '4 messages of up to 300', 'nothing in, nothing out'],
  },
  {
    title: 'a gather of independent calls',
    files: {
      gather: {
        prefix: 'cw-gather',
        // The first waits for the second to start: one after the other, they would never end.
        before: [
          'export async function load(id = 7) {',
          '  let meet = () => {};',
          '  const met = new Promise((resolve) => (meet = () => resolve(undefined)));',
          '  const loadUser = async (id = 0) => { await met; return `user ${id}`; };',
          '  const loadOrders = async (id = 0) => { meet(); return [`order of ${id}`]; };',
        ].join('\n'),
        after: '  return { user, orders };\n}',
      },
    },
    driver: 'gather.mjs',
    prints: ["{ user: 'user 7', orders: [ 'order of 7' ] }"],
  },
  {
    title: 'a bounded map by hand',
    files: { map: { prefix: 'cw-map-limit' } },
    driver: 'map-limit.mjs',
    helpers: ['crowd.mjs'],
    prints: [
      '[ 0, 10, 20, 30, 40, 50 ] with at most 3 under way',
      'more pullers than items: [ 10 ]',
      'failed: no 1; calls started: 4',
      'RangeError: limit must be at least 1, not 0',
    ],
  },
  {
    title: 'a limiter',
    files: { limiter: { prefix: 'cw-limiter' } },
    driver: 'limiter.mjs',
    helpers: ['crowd.mjs'],
    prints: [
      "[ 'a', 'failed: b', 'c', 'd', 'e' ] with at most 2 under way",
      "[ 'f', 'g', 'h' ] with at most 2 under way",
      'RangeError: limit must be at least 1, not NaN',
    ],
  },
  {
    title: 'a bounded map with p-map',
    files: { map: { prefix: 'cw-p-map' } },
    driver: 'p-map.mjs',
    helpers: ['barrier-server.mjs'],
    prints: ['16 bodies in order, at most 8 requests under way', 'missing page: 404', 'aborted: AbortError'],
  },
  {
    title: 'a gather with Promise.allSettled',
    files: { gather: { prefix: 'cw-all-settled' } },
    driver: 'all-settled.mjs',
    prints: ['values: [ 1, 3 ]', 'failure 1: rejected', 'failure 3: thrown'],
  },
  {
    title: 'a gather with time-out and signal',
    files: { gather: { prefix: 'cw-gather-timeout' } },
    driver: 'gather-timeout.mjs',
    prints: [
      '[ 2, 4 ]',
      'time-out: TimeoutError, others aborted: true',
      'failure: Error, others aborted: true',
      'aborted by the caller: stopped by hand, others aborted: true',
      'aborted before: stopped by hand, calls: 0',
    ],
  },
  {
    title: 'a worker thread by hand and its client',
    files: { worker: { prefix: 'cw-thread-worker' }, client: { prefix: 'cw-thread-client' } },
    driver: 'thread.mjs',
    prints: [
      '[ 55, 5050, 500500 ]',
      'failed: RangeError: limit must not be negative',
      'uncloneable input: DataCloneError',
      'still answers: 6',
      'closed during a request: The worker thread ended with exit code 1',
      'after the end: The worker thread ended with exit code 1',
    ],
  },
  {
    title: 'a hybrid pool of async tasks',
    files: { worker: { prefix: 'cw-hybrid-task' }, pool: { prefix: 'cw-hybrid-pool' } },
    driver: 'hybrid.mjs',
    helpers: ['barrier-server.mjs'],
    prints: ['hashes in order, more requests under way than threads', 'missing page: 404'],
  },
  {
    title: 'a transferred buffer',
    files: { worker: { prefix: 'cw-transfer-task' }, transfer: { prefix: 'cw-transfer' } },
    driver: 'transfer.mjs',
    prints: ['Uint8Array(3) [ 255, 254, 253 ]', 'handed over: 0 bytes are left'],
  },
  {
    title: 'a pool that drains',
    files: { pool: { prefix: 'cw-draining-pool' } },
    driver: 'draining.mjs',
    helpers: ['held-task.mjs'],
    prints: [
      'after the first: 2 threads live',
      "[ 'first', 'second' ]",
      'refused: The pool is closing and takes no new tasks',
      'closed: 0 threads live',
      'over the limit: Terminating worker thread',
    ],
  },
  {
    title: 'a graceful shutdown',
    files: { shutdown: { prefix: 'cw-shutdown' } },
    driver: 'shutdown.mjs',
    prints: ['closing', 'closed'],
    exitCode: 143,
  },
];
