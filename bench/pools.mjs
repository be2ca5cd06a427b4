// Throughput against other pools: no-op, 10 µs and 5 ms tasks.   npm run build && node bench/pools.mjs [--rounds 5]
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { roundsFor } from './lib/calibrate.mjs';
import { iterable, openEngine, request, runWarm } from './lib/corewise.mjs';
import { describeMachine } from './lib/machine.mjs';
import { installPeers } from './lib/peers.mjs';
import { digits, spread, table, verdict } from './lib/report.mjs';
import { measureRounds, median, ratio } from './lib/rounds.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);
const threads = availableParallelism();
const run = promisify(execFile);

/** Microseconds a task of a peer, in a process of its own. */
async function peer(name, work, concurrency) {
  const order = JSON.stringify({ name, threads, concurrency, ...work });
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL('contestants/main.mjs', import.meta.url)), order]);
  return (JSON.parse(stdout).ms * 1000) / work.n;
}

/** Microseconds a task of ours: the runner's own time, from the run it accepted to its last result. */
async function ours(engine, { task, n, input }) {
  const { wallMs } = await runWarm(engine, request({ task, inputs: iterable(n, input) }));
  return (wallMs * 1000) / n;
}

const peers = {
  'Piscina, one task a message': (work) => peer('piscina', work),
  'Piscina, 64 concurrent tasks': (work) => peer('piscina', work, 64),
  'tinypool, 64 concurrent tasks': (work) => peer('tinypool', work, 64),
  'poolifier, queues of 64': (work) => peer('poolifier', work, 64),
  workerpool: (work) => peer('workerpool', work),
};
const tuned = Object.keys(peers).slice(1);
const bare = { 'bare loops, no transport': (work) => peer('bare-loops', work) };

/** Measures ours and the others on the same work, prints the table, and gives the values by name. */
async function contest(title, engine, work, others, note = '') {
  const contestants = { Corewise: () => ours(engine, work) };
  for (const [name, measure] of Object.entries(others)) contestants[name] = () => measure(work);
  const values = await measureRounds(rounds, contestants);
  console.log(`\n## ${title}\n\n${rounds} interleaved rounds of ${work.n} tasks.${note}\n`);
  const rows = Object.entries(values).map(([name, micros]) => {
    const { median: times, least, most } = ratio(micros, values.Corewise);
    return [name, digits(median(micros)), name === 'Corewise' ? '1' : spread({ median: times, least, most })];
  });
  console.log(`${table(['', 'µs a task', 'times ours (least to most)'], rows)}\n`);
  return values;
}

const times = (values, name) => ratio(values[name], values.Corewise).median;

installPeers();
await buildEngine();
const { engine, dispose } = openEngine();
try {
  console.log(`# Pools\n\n\`node bench/pools.mjs --rounds ${rounds}\`\n\n${describeMachine()}`);
  const piscina = Object.keys(peers)[0];

  const noop = await contest('No-op tasks, 10⁵', engine, { task: 'noop', n: 100_000 }, peers);
  const best = tuned.reduce((a, b) => (median(noop[a]) < median(noop[b]) ? a : b));
  console.log(verdict(`at least 60 times Piscina: ${digits(times(noop, piscina))}`, times(noop, piscina) >= 60));
  console.log(verdict(`at least 30 times the best tuned peer (${best}): ${digits(times(noop, best))}`, times(noop, best) >= 30));

  const million = await measureRounds(rounds, { Corewise: () => ours(engine, { task: 'noop', n: 1_000_000 }) });
  console.log(`\nOurs at 10⁶ no-op tasks: ${digits(median(million.Corewise))} µs a task.`);

  const tens = { task: 'spin', n: 100_000, input: roundsFor(10) };
  const short = await contest('10 µs CPU tasks', engine, tens, { ...peers, ...bare }, ` One is \`spin(${tens.input})\`.`);
  const share = times(short, Object.keys(bare)[0]);
  console.log(verdict(`at least 5 times Piscina: ${digits(times(short, piscina))}`, times(short, piscina) >= 5));
  console.log(verdict(`at least 75 % of two bare loops: ${digits(share * 100)} %`, share >= 0.75));

  const long = { task: 'spin', n: 400, input: roundsFor(5000) };
  const slow = await contest('5 ms CPU tasks', engine, long, { [piscina]: peers[piscina], ...bare }, ` One is \`spin(${long.input})\`.`);
  console.log(verdict(`at least 0.97 times Piscina's throughput: ${digits(times(slow, piscina))}`, times(slow, piscina) >= 0.97));
} finally {
  await dispose();
}
