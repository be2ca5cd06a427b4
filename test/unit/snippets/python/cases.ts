/** How each Python snippet is used, so that it can be run with its defaults. */
export interface PythonCase {
  readonly title: string;
  /** What is inserted into which module (without `.py`). */
  readonly files: Readonly<Record<string, Insertion>>;
  /** A file of `drivers/` that uses them (without `.py`). */
  readonly driver: string;
  /** Other files of `drivers/` that it needs; `left` always comes along. */
  readonly helpers?: readonly string[];
  /** Arguments of the driver, one run each; none where absent. */
  readonly runs?: readonly string[];
  /** All that the driver prints, in each run. */
  readonly prints: readonly string[];
  /** What a module prints that is run as a program: what stands under its main guard. */
  readonly program?: Readonly<Record<string, string>>;
  readonly exitCodes?: readonly number[];
  /** The oldest Python that has what it uses; 3.9 where absent. */
  readonly since?: readonly [number, number];
}

export interface Insertion {
  readonly prefix: string;
  /** Code around the snippet. */
  readonly before?: string;
  readonly after?: string;
  /** How deep the snippet stands in it. */
  readonly indent?: number;
}

const quiet = 'left running: nothing';

/** Two coroutines of which the first waits for the second to start: one after the other, they would never end. */
const meeting = [
  'import asyncio',
  '',
  '',
  'async def load(user_id: int) -> "tuple[str, list[str]]":',
  '    met = asyncio.Event()',
  '',
  '    async def load_user(user_id: int) -> str:',
  '        await met.wait()',
  '        return f"user {user_id}"',
  '',
  '    async def load_orders(user_id: int) -> "list[str]":',
  '        met.set()',
  '        return [f"order of {user_id}"]',
  '',
].join('\n');

const countPrimes = (limit: number): number => {
  const isPrime = (n: number): boolean => !Array.from({ length: Math.floor(Math.sqrt(n)) - 1 }, (_, i) => i + 2).some((d) => n % d === 0);
  return Array.from({ length: limit - 1 }, (_, i) => i + 2).filter(isPrime).length;
};

/** Every way in which this system starts worker processes. */
const startMethods = process.platform === 'win32' ? ['spawn'] : ['spawn', 'forkserver', 'fork'];

export const pythonCases: readonly PythonCase[] = [
  {
    title: 'a gather of independent awaits',
    files: { gather: { prefix: 'cw-gather', before: meeting, after: '    return user, orders', indent: 4 } },
    driver: 'gather',
    prints: ["('user 7', ['order of 7'])", quiet],
  },
  {
    title: 'a task group',
    files: { gather: { prefix: 'cw-task-group', before: meeting, after: '    return user.result(), orders.result()', indent: 4 } },
    driver: 'gather',
    prints: ["user 7 ['order of 7']", "('user 7', ['order of 7'])", quiet],
    since: [3, 11],
  },
  {
    title: 'a gather with return_exceptions',
    files: { gather: { prefix: 'cw-all-settled' } },
    driver: 'all_settled',
    prints: ["([1, 2], [(3, ValueError('3 is odd')), (5, ValueError('5 is odd'))])", '([], [])', quiet],
  },
  ...(['cw-map-limit', 'cw-map-window'] as const).map((prefix): PythonCase => {
    const all = prefix === 'cw-map-limit';
    return {
      title: all ? 'a gather bounded by a semaphore' : 'a bounded map over an iterator',
      files: { map: { prefix, ...(all ? {} : { after: '\n\nmap_limit = map_window' }) } },
      driver: 'map_limit',
      helpers: ['crowd'],
      prints: [
        '[0, 10, 20, 30, 40, 50] with at most 3 under way',
        'more slots than items: [1]',
        'nothing: []',
        'failed: no 1; few had started: True, all others cancelled: True, under way 0',
        'cancelled: True; cancelled with it 2, under way 0',
        'limit must be at least 1, not 0',
        'tasks: 1',
        quiet,
      ],
    };
  }),
  {
    title: 'tasks in the background',
    files: { background: { prefix: 'cw-create-task' } },
    driver: 'create_task',
    prints: [
      'Failed in the background: failing',
      "with ValueError('in the background')",
      'said',
      'over the limit, cancelled: True',
      quiet,
    ],
  },
  {
    title: 'a time limit with asyncio.timeout',
    files: {
      limited: {
        prefix: 'cw-timeout',
        before: [
          'import asyncio',
          '',
          'url = "/"',
          '',
          'async def load(seconds: float) -> str:',
          '    async def load_page(url: str) -> str:',
          '        # The limit of the snippet, 5 s, comes at once: it is long over on this clock.',
          '        loop = asyncio.get_running_loop()',
          '        before, now = loop.time, loop.time()',
          '        if seconds:',
          '            loop.time = lambda: before() + seconds  # type: ignore[method-assign]',
          '        await asyncio.sleep(seconds * 2)',
          '        return f"page {url}"',
          '',
        ].join('\n'),
        after: '    return page',
        indent: 4,
      },
    },
    driver: 'timeout',
    prints: ['page /', 'over the limit: TimeoutError', quiet],
    since: [3, 11],
  },
  {
    title: 'a time limit with wait_for',
    files: { within: { prefix: 'cw-wait-for' } },
    driver: 'wait_for',
    helpers: ['crowd'],
    prints: ['[1, 2]', 'over the limit: cancelled 2, under way 0', 'failed: no; cancelled 3, under way 0', quiet],
  },
  {
    title: 'blocking calls with to_thread',
    files: { reading: { prefix: 'cw-to-thread' } },
    driver: 'to_thread',
    prints: ["[b'text of a', b'text of b', b'text of c']", 'FileNotFoundError', quiet],
  },
  {
    title: 'run_in_executor with a thread pool',
    files: { fetching: { prefix: 'cw-thread-executor' } },
    driver: 'thread_executor',
    helpers: ['pages'],
    prints: ['True in order, 16 at once', 'HTTP Error 404: Not Found', quiet],
  },
  {
    title: 'run_in_executor with a process pool',
    files: { both: { prefix: 'cw-process-executor' } },
    driver: 'process_executor',
    runs: startMethods,
    prints: ["(14, 'AT ONCE')", "(333332833333500000, 'life')", quiet],
    program: { both: "(333332833333500000, 'answer to life')" },
  },
  {
    title: 'a map on a process pool',
    files: { primes: { prefix: 'cw-process-map' } },
    driver: 'process_map',
    runs: startMethods,
    prints: [
      '[1, 4, 25, 168] [0, 0, 1, 2, 2, 3, 3]',
      'nothing: []',
      'failed: can only concatenate str (not "int") to str',
      quiet,
    ],
    program: { primes: `[${Array.from({ length: 64 }, (_, i) => countPrimes(10_000 + i)).join(', ')}]` },
  },
  {
    title: 'a chunked map over an iterator',
    files: { chunks: { prefix: 'cw-chunked-map' } },
    driver: 'chunked_map',
    runs: startMethods,
    prints: [
      'True in order',
      'nothing: []',
      'elsewhere: True',
      'of an endless iterator: [0, 1, 4] with 40 taken',
      'failed: fifty',
      quiet,
    ],
  },
  {
    title: 'a process pool with an initializer',
    files: { known: { prefix: 'cw-pool-initializer' } },
    driver: 'pool_initializer',
    runs: startMethods,
    prints: ['True', 'here: frozenset()', quiet],
    program: { known: '[2, 2]' },
  },
  {
    title: 'results as they come',
    files: { each: { prefix: 'cw-as-completed' } },
    driver: 'as_completed',
    runs: startMethods,
    prints: [
      '0 0',
      "-1 ValueError('negative')",
      '0.5 1.0',
      'first: (0, 0)',
      "a process that dies: ['BrokenProcessPool']",
      quiet,
    ],
  },
  {
    title: 'a map on a thread pool',
    files: { fetching: { prefix: 'cw-thread-map' } },
    driver: 'thread_map',
    helpers: ['pages'],
    prints: ['True in order, 16 at once', 'HTTP Error 404: Not Found', quiet],
  },
  {
    title: 'a multiprocessing.Pool',
    files: { doubling: { prefix: 'cw-mp-pool' } },
    driver: 'mp_pool',
    runs: startMethods,
    prints: [
      '[0, 2, 4, 6, 8, 10, 12, 14]',
      "failed: unsupported operand type(s) for *: 'dict' and 'int'",
      quiet,
    ],
    program: { doubling: '[0, 2, 4, 6, 8, 10, 12, 14]' },
  },
  {
    title: 'one process with a result queue',
    files: { alone: { prefix: 'cw-process' } },
    driver: 'process',
    runs: startMethods,
    prints: [
      '332833500',
      "failed: TypeError: 'str' object cannot be interpreted as an integer",
      'failed: the process ended with exit code 7',
      quiet,
    ],
    program: { alone: '333332833333500000' },
  },
  {
    title: 'a process awaited in a coroutine',
    files: { awaited: { prefix: 'cw-process-await' } },
    driver: 'process_await',
    prints: [
      'elsewhere: True while the loop went on: True',
      'failed: the process ended with exit code 7',
      'cancelled: True',
      quiet,
    ],
  },
  {
    title: 'an event loop in each worker process',
    files: { hybrid: { prefix: 'cw-hybrid' } },
    driver: 'hybrid',
    helpers: ['pages'],
    // The server of this test is a thread, and a process with threads had better not be forked.
    runs: startMethods.filter((method) => method !== 'fork'),
    prints: ['nothing: []', 'True in order, 8 at once', 'URL/missing: 404 Not Found', quiet],
    program: { hybrid: '[]' },
  },
  {
    title: 'a graceful shutdown',
    files: { shutdown: { prefix: 'cw-shutdown' } },
    driver: 'shutdown',
    ...(process.platform === 'win32' ? {} : { runs: ['SIGINT', 'SIGTERM'], exitCodes: [130, 143] }),
    prints: ['ended by itself', 'as before: True', 'closing', 'closed'],
  },
];
