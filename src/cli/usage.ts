/** What `--help` prints. */
import { ExitCode } from './exit-codes';

const exitCodes = `Exit codes: ${ExitCode.ok} all tasks succeeded, ${ExitCode.taskFailed} some task failed, ${ExitCode.usage} bad usage, target or inputs,
${ExitCode.noRunner} the runner could not start, ${ExitCode.refused} refused (with the reason), ${ExitCode.cancelled} cancelled.`;

const overview = `Run a JavaScript, TypeScript or Python function on every core, and see where the time went.

  corewise list FILE                                the functions that can be run, one a line
  corewise run FILE#FUNCTION --inputs EXPR|@FILE    run one, and print a summary
  corewise slice FILE#FUNCTION                      what of the file a worker loads for it, and what is left out
  corewise wrap FILE#FUNCTION --recipe NAME         rewrite it to run concurrently: print the diff
  corewise doctor                                   which Node.js and Python, how many usable cores, and why

  corewise COMMAND --help                           the options of a command
  corewise --version

Try: corewise run examples/src/primes.ts#countPrimes --inputs 'Array(64).fill(200000)'

${exitCodes}
`;

const list = `corewise list FILE [--json]

Prints the functions of a file that can be run, one a line: name and parameters, line, and what is special.
Those that cannot be run are told on stderr, with the reason.

  --json   one JSON document with all of them
`;

const run = `corewise run FILE#FUNCTION[:LINE] (--inputs EXPR|@FILE | --times N) [options]

Calls the function once for each input, on every core. FUNCTION is a name as \`corewise list\` prints it, exported or
not; LINE settles which is meant where a name occurs twice.

Inputs
  --inputs EXPR      an expression in the file's own language, evaluated with the file's names in scope; each element
                     of the array or iterable is one call; an array in it, in Python a tuple, is spread over the parameters
  --inputs @FILE     a JSON array, NDJSON or CSV file, one element, line or row for each call
  --times N          call it N times without arguments

How to run it
  --model M          threads (worker threads), sequential, gather (overlap in one event loop) or hybrid (both); in Python
                     also processes and, from 3.14 on, interpreters. If not given, what is parallel: threads, or in
                     Python, whose threads take turns, processes
  --workers N        workers of the pool; as many as there are usable cores, if not given
  --start-method S   how Python starts processes: spawn, forkserver or fork; its own default, if not given
  --concurrency K    calls at once in each worker, for gather and hybrid
  --chunk auto|N     inputs sent to a worker at once
  --timeout MS       stop the run after so long; what finished is kept

What to print and write
  --json             the run report as one JSON document on stdout, and nothing else there
  --results          what each call returned: in the report, or one JSON line a task
  --trace OUT.json   a trace that ui.perfetto.dev and chrome://tracing open
  --csv OUT.csv      one row a task

Progress and what the function prints go to stderr. Ctrl+C cancels and keeps what finished.

${exitCodes}
`;

const slice = `corewise slice FILE#FUNCTION[:LINE] [--json]

Prints the part of the file that a worker loads to run the function: the code with its line numbers, what was kept and
why, what was left out, what the function uses from outside itself, and what to know before it runs.

  --json   the same as one JSON document

Exit code ${ExitCode.ok}, or ${ExitCode.refused} where the function cannot be run by itself: the reason is on stderr, or in the document.
`;

const wrap = `corewise wrap FILE#FUNCTION[:LINE] --recipe NAME [--concurrency K] [--write] [--json]

Rewrites a function, or the loop, awaits or call at LINE in it, and prints the result as a unified diff, which
\`git apply\` takes. What changes in behaviour and what is left to do go to stderr. Nothing is run.

Recipes
  loop-to-gather         the calls of a loop at once: Promise.all, asyncio.gather
  awaits-to-gather       awaits in a row at once
  loop-to-pool           the calls of a CPU-bound function in a loop or a \`map\` in a pool of workers
  wrap-cpu-task          a CPU-bound function to a worker's module; what keeps its name asks a pool for it
  offload-blocking-call  a blocking call in an async function to a pool, or to its form that does not block

  --concurrency K        at most K calls at once, for the gathers
  --write                write the files, and print no diff
  --json                 the edits, the new files and the diff, or the refusal, as one JSON document

Exit codes: ${ExitCode.ok} rewritten, ${ExitCode.usage} bad usage or target, ${ExitCode.refused} refused, with the reason and the line.
`;

const doctor = `corewise doctor [--json]

Tells which Node.js and which Python would run functions of files in the current folder and why, how many cores may be used,
and what can be measured here. Exit code ${ExitCode.ok} if functions can be run, ${ExitCode.noRunner} if not.

  --json   the same as one JSON document
`;

export const usage = { overview, list, run, slice, wrap, doctor };
