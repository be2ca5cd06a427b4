// One run in a process that holds nothing but the session, as an editor would: prints peaks and time as JSON.
import { iterable, openEngine, request, runWarm } from './corewise.mjs';

const { n, wantResults } = JSON.parse(process.argv[2]);
const { engine, dispose } = openEngine();
const data = await runWarm(engine, request({ task: 'noop', inputs: iterable(n), wantResults }));
console.log(
  JSON.stringify({
    wallMs: data.wallMs,
    runnerMb: data.peakMemoryMb,
    sessionMb: process.resourceUsage().maxRSS / 1024,
    results: data.results?.length ?? null,
  }),
);
await dispose();
