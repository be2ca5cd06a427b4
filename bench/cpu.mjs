// CPU time of no-op tasks, by thread: what is left when the machine is too busy for wall times.
//   npm run build && node bench/cpu.mjs [--rounds 5]        (Linux)
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { ChildClock } from './lib/child-clock.mjs';
import { iterable, openEngine, request, runToEnd } from './lib/corewise.mjs';
import { describeMachine } from './lib/machine.mjs';
import { installPeers } from './lib/peers.mjs';
import { digits, table } from './lib/report.mjs';
import { median } from './lib/rounds.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);
const few = 1_000;
const many = 1_000_000;
const sides = ['workers', 'runner', 'session'];
const modes = {
  'Corewise, recording off': { record: false },
  Corewise: {},
  'Corewise, with results': { wantResults: true },
};

/** On-CPU milliseconds of one run: its workers together, the runner's main thread, this process. */
async function measure(engine, n, mode) {
  const clock = new ChildClock();
  const before = process.cpuUsage();
  const data = await runToEnd(engine, request({ task: 'noop', inputs: iterable(n), ...mode }));
  const { user, system } = process.cpuUsage(before);
  clock.stop();
  return {
    workers: data.workers.reduce((sum, { onCpuMs }) => sum + onCpuMs, 0),
    runner: clock.read(),
    session: (user + system) / 1000,
  };
}

/** Microseconds a task over what a short run needs. */
async function marginal(engine, mode) {
  const short = await measure(engine, few, mode);
  const long = await measure(engine, many, mode);
  return Object.fromEntries(sides.map((side) => [side, ((long[side] - short[side]) * 1000) / (many - few)]));
}

async function piscina(concurrency) {
  const order = { name: 'piscina', task: 'noop', n: 50_000, threads: availableParallelism(), concurrency };
  const script = fileURLToPath(new URL('contestants/main.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(order)]);
  return (JSON.parse(stdout).cpuMs * 1000) / order.n;
}

installPeers();
await buildEngine();
const { engine, dispose } = openEngine({ spare: false });
const ours = Object.fromEntries(Object.keys(modes).map((name) => [name, []]));
const theirs = { 'Piscina, one task a message': [], 'Piscina, 64 concurrent tasks': [] };
try {
  await measure(engine, few, {});
  for (let round = 0; round < rounds; round++) {
    for (const [name, mode] of Object.entries(modes)) ours[name].push(await marginal(engine, mode));
    for (const [i, name] of Object.keys(theirs).entries()) theirs[name].push(await piscina(i === 0 ? undefined : 64));
    console.error(`round ${round + 1}/${rounds}`);
  }
} finally {
  await dispose();
}

console.log(`# CPU time\n\n\`node bench/cpu.mjs --rounds ${rounds}\`\n\n${describeMachine()}\n`);
console.log(`No-op tasks, µs of CPU each: ${many} tasks less a run of ${few}; medians of ${rounds} rounds.\n`);
const sum = (one) => sides.reduce((total, side) => total + one[side], 0);
const rows = Object.entries(ours).map(([name, all]) => [
  name,
  ...sides.map((side) => digits(median(all.map((one) => one[side])))),
  digits(median(all.map(sum))),
]);
for (const [name, all] of Object.entries(theirs)) rows.push([name, '', '', '', digits(median(all))]);
console.log(table(['', 'workers', 'runner, main thread', 'session', 'all'], rows));
