import { extname } from 'node:path';
import { toChromeTrace } from '../../profile/exports/chrome-trace';
import { toCsv } from '../../profile/exports/csv';
import { findingsOf } from '../../profile/findings';
import { toReport } from '../../profile/report';
import { reportResults } from '../../profile/report-results';
import type { RunData } from '../../profile/run-data';
import { summarise } from '../../profile/summary';
import { verdictOf } from '../../profile/verdict';
import { poolModel, type Inputs, type Language } from '../../protocol/target';
import type { Engine, RunHandle } from '../../session/engine';
import type { RunRequest } from '../../session/run-request';
import type { FoundFunction } from '../../source/found-function';
import type { RunArguments } from '../arguments';
import { ExitCode } from '../exit-codes';
import { badUsage } from '../failure';
import { withEngine } from '../open-engine';
import { checkWritable, print, printJson, writeFile } from '../output';
import { LiveLine, progressLine } from '../progress';
import { runSummary } from '../run-summary';
import { existingFile, findTarget, parseTarget } from '../target';
import { terminalOf } from '../terminal';
import { UserOutput } from '../user-output';

const inputFiles = ['.json', '.ndjson', '.jsonl', '.csv'];

export async function run(args: RunArguments): Promise<ExitCode> {
  const words = parseTarget(args.target);
  if (args.trace !== undefined) await checkWritable(args.trace, 'trace');
  if (args.csv !== undefined) await checkWritable(args.csv, 'csv');
  return withEngine(async (engine) => {
    const { target, found } = await findTarget(engine, words);
    const inputs = await inputsOf(engine, args, found);
    const data = await follow(engine.start(requestOf(args, target, inputs)));
    if (args.trace !== undefined) await writeFile(args.trace, toChromeTrace(data));
    if (args.csv !== undefined) await writeFile(args.csv, toCsv(data));
    await tell(data, args);
    return exitCode(engine, data);
  });
}

async function inputsOf(engine: Engine, { inputs, target }: RunArguments, found: FoundFunction): Promise<Inputs> {
  if (inputs === null) {
    const example = found.examples[0] ?? (found.parameters.most === 0 ? null : '[1, 2, 3]');
    throw badUsage(`run needs the inputs of ${found.name}.`, example === null ? 'Give --times N.' : `For example: corewise run ${target} --inputs '${example}'`);
  }
  if ('times' in inputs) return { kind: 'repeat', times: inputs.times };
  if ('file' in inputs) {
    const path = await existingFile(inputs.file);
    if (inputFiles.includes(extname(path).toLowerCase())) return { kind: 'file', path };
    throw badUsage(`${inputs.file} is none of the kinds of file that inputs are read from.`, `Use one of ${inputFiles.join(', ')}.`);
  }
  const wrong = await engine.checkInputs(inputs.text, found);
  if (!wrong) return { kind: 'expression', text: inputs.text };
  throw badUsage(`The inputs are no expression: ${wrong.message}, at character ${wrong.offset + 1} of ${inputs.text}`, 'Correct --inputs.');
}

function requestOf(args: RunArguments, target: RunRequest['target'], inputs: Inputs): RunRequest {
  const { model = poolModel(target.language), workers, concurrency, chunk, startMethod, timeoutMs, results } = args;
  return { target, inputs, plan: { model, workers, concurrency, chunk, startMethod, timeoutMs }, wantResults: results, cwd: process.cwd() };
}

/** Shows a run under way on stderr, and cancels it when it is asked to. Resolves at its end. */
async function follow(handle: RunHandle): Promise<RunData> {
  const began = performance.now();
  const terminal = terminalOf(process.stderr, process.env);
  const live = new LiveLine(process.stderr);
  const output = new UserOutput();
  const show = (data: RunData): void => {
    const printed = output.take(data.output);
    if (printed !== '') live.above(printed);
    if (terminal.isTty && data.phase !== 'ended') live.show(progressLine(data, performance.now() - began, terminal));
  };
  const updates = handle.onUpdate(show);
  let told = false;
  const slow = handle.onUnresponsive(() => {
    if (!told) live.above('The runner does not respond. Ctrl+C ends it.\n');
    told = true;
  });
  // Updates come with results: between them, time goes on.
  const clock = setInterval(() => show(handle.data), 250);
  const cancel = (): void => handle.cancel();
  for (const signal of cancelling) process.on(signal, cancel);
  try {
    const data = await handle.ended;
    show(data);
    return data;
  } finally {
    for (const signal of cancelling) process.off(signal, cancel);
    clearInterval(clock);
    updates.dispose();
    slow.dispose();
    live.clear();
  }
}

const cancelling = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function tell(data: RunData, { json, results }: RunArguments): Promise<void> {
  if (json) return printJson(toReport(data));
  const summary = summarise(data);
  const shown = { run: data, summary, verdict: verdictOf(data, summary), findings: findingsOf(data, summary) };
  if (results && data.results) await print(resultLines(data));
  await print([runSummary(shown, terminalOf(process.stdout, process.env))]);
}

function* resultLines(data: RunData): Generator<string> {
  for (const result of reportResults(data.results ?? [], data.previews)) yield `${JSON.stringify(result)}\n`;
  yield '\n';
}

async function exitCode(engine: Engine, data: RunData): Promise<ExitCode> {
  if (data.outcome === 'cancelled') return ExitCode.cancelled;
  if (data.outcome === 'completed') return data.counts.failed > 0 ? ExitCode.taskFailed : ExitCode.ok;
  const ofRun = data.errors.find(({ index }) => index < 0);
  if (ofRun?.name === 'Refused' && ofRun.phase === 'load') return ExitCode.refused;
  // Before the runner has said anything, either there is none, or there is nothing for it to run.
  if (data.environment === null && ofRun?.phase === 'load') return (await canRun(engine, data.target.language)) ? ExitCode.usage : ExitCode.noRunner;
  if (data.environment === null) return ExitCode.noRunner;
  return ofRun?.phase === 'load' || ofRun?.phase === 'inputs' ? ExitCode.usage : ExitCode.taskFailed;
}

async function canRun(engine: Engine, language: Language): Promise<boolean> {
  const { healthy, python } = await engine.doctor(process.cwd());
  return language === 'python' ? python !== null : healthy;
}
