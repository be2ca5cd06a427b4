// Memory and time per task at 10⁶ tasks from an iterator.   npm run build && node bench/memory.mjs [--rounds 5]
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { describeMachine, describeQuiet } from './lib/machine.mjs';
import { digits, table, verdict } from './lib/report.mjs';
import { measureRounds, median, ratio } from './lib/rounds.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);
const run = promisify(execFile);
const probe = fileURLToPath(new URL('lib/session-probe.mjs', import.meta.url));

/** Each session in a process of its own, so that its peak is its own. */
async function session(n, wantResults) {
  const { stdout } = await run(process.execPath, [probe, JSON.stringify({ n, wantResults })]);
  return JSON.parse(stdout);
}

const few = 1_000;
const sizes = [few, 100_000, 1_000_000];
const seen = {};

const contestants = {};
for (const wantResults of [false, true]) {
  for (const n of sizes) {
    const name = `${n}${wantResults ? ' with results' : ''}`;
    seen[name] = [];
    contestants[name] = async () => {
      const figures = await session(n, wantResults);
      seen[name].push(figures);
      return figures.wallMs;
    };
  }
}
await buildEngine();
await measureRounds(rounds, contestants);

const mid = (name, figure) => median(seen[name].map((one) => one[figure]));
const growth = (name, figure) => mid(name, figure) - mid(name.replace(/^\d+/, few), figure);
console.log(`# Memory\n\n\`node bench/memory.mjs --rounds ${rounds}\`\n\n${describeMachine()}\n`);
console.log(`Peaks of the resident set above those of a run of ${few} tasks, medians of ${rounds} sessions.\n`);
const rows = Object.keys(seen).map((name) => [
  name,
  digits(mid(name, 'runnerMb')),
  digits(growth(name, 'runnerMb')),
  digits(mid(name, 'sessionMb')),
  digits(growth(name, 'sessionMb')),
  digits((mid(name, 'wallMs') * 1000) / Number(name.split(' ')[0])),
]);
console.log(table(['tasks', 'runner, MB', 'growth', 'session, MB', 'growth', 'µs a task'], rows));
console.log();

const runner = growth('1000000', 'runnerMb');
const runnerWithResults = growth('1000000 with results', 'runnerMb');
const ours = growth('1000000', 'sessionMb');
const slope = ratio(
  seen['1000000'].map(({ wallMs }) => wallMs / 1e6),
  seen['100000'].map(({ wallMs }) => wallMs / 1e5),
).median;
console.log(verdict(`the runner grows by less than 64 MB: ${digits(runner)}`, runner < 64));
console.log(verdict(`by less than 200 MB where results are kept: ${digits(runnerWithResults)}`, runnerWithResults < 200));
console.log(verdict(`the session's side by less than 80 MB: ${digits(ours)}`, ours < 80));
console.log(verdict(`time a task at 10⁶ at most 1.2 times that at 10⁵: ${digits(slope)}`, slope <= 1.2));
console.log(describeQuiet());
