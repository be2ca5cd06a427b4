// What recording costs, and what a record costs on its way.
//   npm run build && node bench/recording.mjs [--rounds 7] [--only noop|10us|100us|way]
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { roundsFor } from './lib/calibrate.mjs';
import { ChildClock } from './lib/child-clock.mjs';
import { choose } from './lib/choose.mjs';
import { iterable, openEngine, request, runToEnd, runWarm } from './lib/corewise.mjs';
import { describeMachine, describeQuiet } from './lib/machine.mjs';
import { digits, table, verdict } from './lib/report.mjs';
import { measureRounds, median, ratio } from './lib/rounds.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, only: { type: 'string' } } });
const rounds = Number(options.rounds);

const works = {
  noop: { title: 'no-op', task: 'noop', n: 1_000_000, goal: 0.25 },
  '10us': { title: '10 µs', task: 'spin', n: 100_000, micros: 10, goal: 0.03 },
  '100us': { title: '100 µs', task: 'spin', n: 20_000, micros: 100, goal: 0.01 },
};

/**
 * The runner's wall time with recording on and off, and the CPU time of its workers, which hardly feels what else the
 * machine does: the wall tells the cost to a person, the CPU tells it to few per cent.
 */
async function costOf(engine, { title, task, n, micros, goal }) {
  const inputs = iterable(n, micros ? roundsFor(micros) : 'i');
  const cpu = { on: [], off: [] };
  const wall = (mode) => async () => {
    const data = await runWarm(engine, request({ task, inputs, record: mode === 'on' }));
    cpu[mode].push(data.workers.reduce((sum, { onCpuMs }) => sum + onCpuMs, 0));
    return data.wallMs;
  };
  const { on, off } = await measureRounds(rounds, { on: wall('on'), off: wall('off') });
  const microsEach = (ons, offs) => (median(ons.map((ms, i) => ms - offs[i])) * 1000) / n;
  return {
    title,
    goal,
    cells: [title, n, digits(median(on)), digits(median(off))],
    wall: { share: ratio(on, off).median - 1, micros: microsEach(on, off) },
    cpu: { share: ratio(cpu.on, cpu.off).median - 1, micros: microsEach(cpu.on, cpu.off) },
  };
}

/**
 * CPU time that a record costs between the worker that made it and the table that keeps it: on the runner's main
 * thread and in this process, as the difference between runs with and without recording.
 */
async function transportMicros(n) {
  const cold = openEngine({ spare: false });
  const wish = (record) => request({ task: 'noop', inputs: iterable(n), record });
  const cpu = (record) => async () => {
    const clock = new ChildClock();
    const before = process.cpuUsage();
    await runToEnd(cold.engine, wish(record));
    const { user, system } = process.cpuUsage(before);
    clock.stop();
    sides[record ? 'on' : 'off'].push({ runner: clock.read(), session: (user + system) / 1000 });
    return clock.read() + (user + system) / 1000;
  };
  const sides = { on: [], off: [] };
  try {
    await measureRounds(rounds, { on: cpu(true), off: cpu(false) });
  } finally {
    await cold.dispose();
  }
  const micros = (side) => (median(sides.on.map((on, i) => on[side] - sides.off[i][side])) * 1000) / n;
  return { runner: micros('runner'), session: micros('session') };
}

/** Recording on and off over some kinds of work, as one table, and the goals of each. */
async function compare(chosen) {
  const warm = openEngine();
  try {
    const costs = [];
    for (const work of chosen) costs.push(await costOf(warm.engine, work));
    const rows = costs.map(({ cells, wall, cpu }) => [...cells, percent(wall.share), digits(wall.micros), percent(cpu.share), digits(cpu.micros)]);
    console.log(table(['task', 'tasks', 'on, ms', 'off, ms', 'wall', 'µs a task', 'workers’ CPU', 'µs a task'], rows));
    console.log();
    for (const { title, wall, cpu, goal } of costs) {
      if (title === works.noop.title) console.log(verdict(`at most 0.25 µs a no-op task: ${digits(wall.micros)}`, wall.micros <= 0.25));
      console.log(verdict(`at most ${goal * 100} % at ${title}: ${percent(wall.share)} of wall time, ${percent(cpu.share)} of CPU time`, wall.share <= goal));
    }
  } finally {
    await warm.dispose();
  }
}

async function followRecords() {
  if (process.platform !== 'linux') return console.log('What a record costs on its way is told on Linux only.');
  const { runner, session } = await transportMicros(1_000_000);
  console.log(`\n## A record on its way, 10⁶ of them\n`);
  console.log(`CPU time on the runner's main thread: ${digits(runner)} µs; in the session's process: ${digits(session)} µs.\n`);
  console.log(verdict(`at most 0.5 µs on both sides together: ${digits(runner + session)}`, runner + session <= 0.5));
}

const percent = (share) => `${digits(share * 100)} %`;
const chosen = choose({ ...works, way: followRecords }, options.only);
await buildEngine();
console.log(`# Recording\n\n\`node bench/recording.mjs --rounds ${rounds}\`\n\n${describeMachine()}\n`);
const compared = chosen.filter((part) => part !== followRecords);
if (compared.length > 0) await compare(compared);
if (chosen.includes(followRecords)) await followRecords();
console.log(describeQuiet());
