// The runner for Python against what a person would write.   npm run build && node bench/python.mjs SECTION [--rounds 5]
// Sections: pools, cpu, gather, cold, recording, memory.  joblib is measured where Python can import it.
import { execFile, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { fixture, openEngine, request, runToEnd, runWarm } from './lib/corewise.mjs';
import { describeMachine } from './lib/machine.mjs';
import { digits, spread, table, verdict } from './lib/report.mjs';
import { measureRounds, median, ratio } from './lib/rounds.mjs';

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);
const run = promisify(execFile);
const file = fixture('tasks.py');
const pools = fileURLToPath(new URL('contestants/pools.py', import.meta.url));

await buildEngine();
const { engine, dispose } = openEngine();
const { python } = await engine.doctor(dirname(file));
if (!python) throw new Error('No Python was found.');

/** Seconds that a contestant says it took; for `calibrate`, rounds. */
const ask = async (name, n, input = 0) => Number((await run(python.path, [pools, name, String(n), String(input)])).stdout);
const wish = (task, inputs, plan) => ({ ...request({ file, task, inputs, language: 'python' }), plan });

/** Of a warm run of ours, µs a task: from the run's start, and from its first call. */
async function ours(task, n, plan, inputs = `range(${n})`) {
  const data = await runWarm(engine, wish(task, inputs, plan));
  let first = Number.POSITIVE_INFINITY;
  for (const { columns, length } of data.records.blocks()) for (let i = 0; i < length; i++) first = Math.min(first, columns.start[i]);
  return { whole: (data.wallMs * 1000) / n, calls: ((data.wallMs - first) * 1000) / n };
}

/** Measures ours from its first call, with the whole beside it, and the others, µs a task. */
async function contest(contestants, own) {
  const whole = [];
  const all = {
    async Corewise() {
      const took = await own();
      whole.push(took.whole);
      return took.calls;
    },
    ...contestants,
  };
  const values = await measureRounds(rounds, all);
  values['Corewise, loading and inputs too'] = whole;
  const rows = Object.entries(values).map(([name, micros]) => [name, digits(median(micros)), spread(ratio(micros, values.Corewise))]);
  console.log(`${table(['', 'µs a task', 'times ours (least to most)'], rows)}\n`);
  return values;
}

const times = (values, name) => ratio(values[name], values.Corewise).median;

async function poolSection() {
  const n = 100_000;
  const micros = (name, count = n) => async () => ((await ask(name, count)) * 1e6) / count;
  const joblib = await run(python.path, ['-c', 'import joblib']).then(() => true, () => false);
  const contestants = {
    'ProcessPoolExecutor.submit (10⁴ tasks)': micros('submit', 10_000),
    'ProcessPoolExecutor.map, chunksize 64': micros('map64'),
    'multiprocessing.Pool.map': micros('pool_map'),
    'multiprocessing.Pool.map, 10⁶ tasks': micros('pool_map', 1_000_000),
    ...(joblib ? { 'joblib, automatic batches': micros('joblib') } : {}),
    'Corewise, 10⁶ tasks': async () => (await ours('noop', 1_000_000, { model: 'processes' })).calls,
  };
  const values = await contest(contestants, () => ours('noop', n, { model: 'processes' }));
  const goal = (name, least, base = 'Corewise') => {
    const found = ratio(values[name], values[base]).median;
    console.log(verdict(`at least ${least} times ${name}: ${digits(found)}`, found >= least));
  };
  goal('ProcessPoolExecutor.submit (10⁴ tasks)', 300);
  goal('ProcessPoolExecutor.map, chunksize 64', 8);
  goal('multiprocessing.Pool.map', 0.9);
  goal('multiprocessing.Pool.map, 10⁶ tasks', 0.9, 'Corewise, 10⁶ tasks');
  if (joblib) goal('joblib, automatic batches', 8);
  else console.log('- not measured: joblib, which this Python does not have');
}

async function cpuSection() {
  const n = 100_000;
  const spinRounds = await ask('calibrate', 12);
  const values = await contest(
    { 'two bare loops': async () => ((await ask('bare_loops', n, spinRounds)) * 1e6) / n },
    () => ours('spin', n, { model: 'processes' }, `(${spinRounds} for _ in range(${n}))`),
  );
  const share = times(values, 'two bare loops');
  console.log(verdict(`tasks of 12 µs: at least 90 % of two bare loops: ${digits(share * 100)} %`, share >= 0.9));
}

async function gatherSection() {
  const n = 100_000;
  const values = await contest({ 'asyncio.gather of all at once': async () => ((await ask('gather_all', n)) * 1e6) / n }, () => ours('noop_async', n, { model: 'gather' }));
  const found = times(values, 'asyncio.gather of all at once');
  console.log(verdict(`a window of coroutines: at least 10 times asyncio.gather: ${digits(found)}`, found >= 10));
}

async function coldSection() {
  const plain = (method) => () =>
    new Promise((resolve, reject) => {
      const begin = performance.now();
      const child = spawn(python.path, [pools, 'cold', method], { stdio: ['ignore', 'pipe', 'inherit'] });
      let took = 0;
      child.stdout.once('data', () => (took = performance.now() - begin));
      child.once('error', reject);
      child.once('exit', () => resolve(took));
    });
  const cold = openEngine({ spare: false });
  // Analysis awake, as after a file was opened: what is compared is processes.
  await cold.engine.list(file);
  const own = (startMethod) => async () => {
    const begin = performance.now();
    const handle = cold.engine.start(wish('noop', 'range(2)', { model: 'processes', startMethod }));
    const first = await new Promise((resolve) => {
      const updates = handle.onUpdate((data) => {
        if (data.counts.succeeded === 0) return;
        updates.dispose();
        resolve(performance.now() - begin);
      });
    });
    await handle.ended;
    return first;
  };
  const methods = ['fork', 'forkserver', 'spawn'];
  const values = await measureRounds(rounds, Object.fromEntries(methods.flatMap((method) => [[`script, ${method}`, plain(method)], [`Corewise, ${method}`, own(method)]])));
  console.log(`${table(['', 'ms to the first result'], Object.entries(values).map(([name, ms]) => [name, digits(median(ms))]))}\n`);
  for (const method of methods) {
    const found = ratio(values[`Corewise, ${method}`], values[`script, ${method}`]);
    console.log(verdict(`${method}: at most 1.4 times a plain script: ${spread(found)}`, found.median <= 1.4));
  }
  await cold.dispose();
}

async function recordingSection() {
  const spinRounds = await ask('calibrate', 1000);
  const n = 2000;
  const own = (record) => async () => {
    const data = await runWarm(engine, { ...wish('spin', `(${spinRounds} for _ in range(${n}))`, { model: 'processes' }), record });
    return data.workers.reduce((sum, { onCpuMs }) => sum + onCpuMs, 0);
  };
  const values = await measureRounds(rounds, { on: own(true), off: own(false) });
  const found = ratio(values.on, values.off);
  console.log(verdict(`tasks of 1 ms: recording costs at most 3 % of the workers' CPU time: ${spread({ median: (found.median - 1) * 100, least: (found.least - 1) * 100, most: (found.most - 1) * 100 }, ' %')}`, found.median <= 1.03));
}

async function memorySection() {
  const peak = (n) => async () => (await runToEnd(engine, wish('noop', `(i for i in range(${n}))`, { model: 'processes' }))).peakMemoryMb;
  const values = await measureRounds(rounds, { '10⁴ tasks': peak(10_000), '10⁶ tasks': peak(1_000_000) });
  console.log(`${table(['', 'peak of the runner with its workers, MB'], Object.entries(values).map(([name, mb]) => [name, digits(median(mb))]))}\n`);
}

const sections = { pools: poolSection, cpu: cpuSection, gather: gatherSection, cold: coldSection, recording: recordingSection, memory: memorySection };
try {
  for (const name of positionals) {
    console.log(`# Python: ${name}\n\n\`node bench/python.mjs ${name} --rounds ${rounds}\`\n\n${describeMachine()}, Python ${python.version}\n`);
    await sections[name]();
  }
} finally {
  await dispose();
}
