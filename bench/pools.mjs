// Throughput against other pools.   npm run build && node bench/pools.mjs [--rounds 5] [--only noop|10us|5ms]
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { roundsFor } from './lib/calibrate.mjs';
import { choose } from './lib/choose.mjs';
import { iterable, openEngine, request, runWarm } from './lib/corewise.mjs';
import { describeMachine, describeQuiet } from './lib/machine.mjs';
import { installPeers } from './lib/peers.mjs';
import { digits, spread, table, verdict } from './lib/report.mjs';
import { measureRounds, median, ratio } from './lib/rounds.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' } } });
const rounds = Number(options.rounds);
const threads = availableParallelism();
const run = promisify(execFile);

/** CPU time of each measurement, µs a task, by contestant: it hardly feels what else the machine does. */
const cpu = {};

/** Microseconds a task of a peer, in a process of its own. */
async function peer(label, name, work, concurrency) {
  const order = JSON.stringify({ name, threads, concurrency, ...work });
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL('contestants/main.mjs', import.meta.url)), order]);
  const { ms, cpuMs } = JSON.parse(stdout);
  (cpu[label] ??= []).push((cpuMs * 1000) / work.n);
  return (ms * 1000) / work.n;
}

/** One run of ours on the spare: microseconds a task by the runner's own clock. */
async function ours(label, engine, { task, n, input }) {
  const before = cpuOfAll();
  const data = await runWarm(engine, request({ task, inputs: iterable(n, input) }));
  const micros = (ms) => (ms * 1000) / n;
  // A runner's whole life, its start too, and this process.
  (cpu[label] ??= []).push(micros(cpuOfAll() - before));
  // From the run that the runner accepted to its last result: loading the module and the inputs are in it.
  return { whole: micros(data.wallMs), tasksOnly: micros(data.wallMs - firstCall(data)) };
}

/** CPU time of this process and of its children that ended, ms; by Linux's count of 10 ms. */
function cpuOfAll() {
  const { user, system } = process.cpuUsage();
  const children = process.platform === 'linux' ? readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ').slice(13, 15) : [];
  return (user + system) / 1000 + children.reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

function firstCall({ records }) {
  let first = Number.POSITIVE_INFINITY;
  for (const { columns, length } of records.blocks()) for (let i = 0; i < length; i++) first = Math.min(first, columns.start[i]);
  return first;
}

const setups = {
  'Piscina, one task a message': ['piscina'],
  'Piscina, 64 concurrent tasks': ['piscina', 64],
  'tinypool, 64 concurrent tasks': ['tinypool', 64],
  'poolifier, queues of 64': ['poolifier', 64],
  workerpool: ['workerpool'],
  'bare loops, no transport': ['bare-loops'],
};
const [piscina, ...tuned] = Object.keys(setups).slice(0, 5);
const bare = Object.keys(setups)[5];

const us = 'Corewise';
const usMillion = 'Corewise, 10⁶ tasks';
const usTasksOnly = 'Corewise, from its first call on';

/** Measures ours and the others on the same work, prints the table, and gives the values by name. */
async function contest(title, engine, work, others, note = '') {
  for (const name of Object.keys(cpu)) delete cpu[name];
  const tasksOnly = [];
  const contestants = {
    async [us]() {
      const micros = await ours(us, engine, work);
      tasksOnly.push(micros.tasksOnly);
      return micros.whole;
    },
  };
  if (work.task === 'noop') contestants[usMillion] = async () => (await ours(usMillion, engine, { ...work, n: 1_000_000 })).whole;
  for (const label of others) contestants[label] = () => peer(label, setups[label][0], work, setups[label][1]);
  const values = await measureRounds(rounds, contestants);
  values[usTasksOnly] = tasksOnly;
  console.log(`\n## ${title}\n\n${rounds} interleaved rounds of ${work.n} tasks.${note}\n`);
  const rows = Object.entries(values).map(([name, micros]) => [
    name,
    digits(median(micros)),
    spread(ratio(micros, values[us])),
    cpu[name] ? digits(median(cpu[name])) : '',
  ]);
  console.log(`${table(['', 'µs a task', 'times ours (least to most)', 'CPU µs a task'], rows)}\n`);
  return values;
}

const times = (values, name, base = us) => ratio(values[name], values[base]).median;

/** How often ours is faster: at 10⁵ tasks, at 10⁶, and at 10⁵ without loading the module and the inputs. */
const each = (values, name) => [us, usMillion, usTasksOnly].map((base) => digits(times(values, name, base)));

const contests = {
  async noop(engine) {
    const noop = await contest('No-op tasks, 10⁵', engine, { task: 'noop', n: 100_000 }, [piscina, ...tuned]);
    const best = tuned.reduce((a, b) => (median(noop[a]) < median(noop[b]) ? a : b));
    for (const [goal, name] of [[60, piscina], [30, best]]) {
      const [atHundredThousand, atMillion, tasksOnly] = each(noop, name);
      const figures = `${atHundredThousand} at 10⁵, ${atMillion} at 10⁶; ${tasksOnly} at 10⁵ from the first call on`;
      console.log(verdict(`at least ${goal} times ${name}: ${figures}`, Number(atHundredThousand) >= goal));
    }
  },
  async '10us'(engine) {
    const work = { task: 'spin', n: 100_000, input: roundsFor(10) };
    const values = await contest('10 µs CPU tasks', engine, work, [piscina, ...tuned, bare], ` One is \`spin(${work.input})\`.`);
    const share = times(values, bare);
    console.log(verdict(`at least 5 times Piscina: ${digits(times(values, piscina))}`, times(values, piscina) >= 5));
    console.log(verdict(`at least 75 % of two bare loops: ${digits(share * 100)} %`, share >= 0.75));
  },
  async '5ms'(engine) {
    const work = { task: 'spin', n: 400, input: roundsFor(5000) };
    const values = await contest('5 ms CPU tasks', engine, work, [piscina, bare], ` One is \`spin(${work.input})\`.`);
    console.log(verdict(`at least 0.97 times Piscina's throughput: ${digits(times(values, piscina))}`, times(values, piscina) >= 0.97));
  },
};

const chosen = choose(contests, options.only);
installPeers();
await buildEngine();
const { engine, dispose } = openEngine();
try {
  console.log(`# Pools\n\n\`node bench/pools.mjs --rounds ${rounds}\`\n\n${describeMachine()}`);
  for (const run of chosen) await run(engine);
} finally {
  await dispose();
}
console.log(describeQuiet());
