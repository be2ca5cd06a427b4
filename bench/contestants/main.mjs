// Measures one contestant in a process of its own: node main.mjs '{"name": …, "task": …, "n": …}'. Prints one JSON line.
const { name, task, n, input = null, threads, concurrency } = JSON.parse(process.argv[2]);

/** Calls under way from here: enough to keep every queue filled, few enough to keep memory out of the picture. */
const pullers = 1024;

const file = new URL('../fixtures/tasks.mjs', import.meta.url).href;
const { start } = await import(`./${name}.mjs`);
const pool = await start({ file, task, threads, ...(concurrency ? { concurrency } : {}) });

async function runAll(count) {
  if (pool.runAll) return pool.runAll(count, input);
  let next = 0;
  const pull = async () => {
    while (next < count) {
      const i = next++;
      await pool.run(input ?? i);
    }
  };
  await Promise.all(Array.from({ length: Math.min(pullers, count) }, pull));
}

// Threads are up and the optimiser has seen the task before the clock starts.
await runAll(Math.max(threads * 8, Math.ceil(n / 50)));
const rssBefore = process.resourceUsage().maxRSS;
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await runAll(n);
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, growthMb: (process.resourceUsage().maxRSS - rssBefore) / 1024 }));
process.exit();
