/**
 * Evidence for a rewrite: the function is run before and after it on the same inputs, in the same way, and compared. Both
 * versions are texts that the runner gets in the place of the file's; nothing is written.
 */
import { isDeepStrictEqual } from 'node:util';
import { HumanError } from '../../base/human-error';
import type { RunData } from '../../profile/run-data';
import { applyPlan } from '../../rewrite/apply';
import type { EditPlan } from '../../rewrite/edit-plan';
import type { Engine } from '../engine';
import type { RunRequest } from '../run-request';

export interface Evidence {
  /** Number of calls. */
  readonly calls: number;
  /** Results equal, in order; `null` where a result was too large to be compared. */
  readonly sameResults: boolean | null;
  /** Arguments are left as the version before leaves them. */
  readonly sameArguments: boolean;
  /** Each call that failed, failed with the same type of error. */
  readonly sameErrors: boolean;
  /** Time of all calls together, ms, one after the other. */
  readonly beforeMs: number;
  readonly afterMs: number;
  /** Places that differ, the first few, each as a sentence. */
  readonly differences: readonly string[];
}

/** What the probe tells of a call. */
interface Told {
  readonly value?: unknown;
  readonly error?: string;
  readonly args: unknown;
}

/** Calls are sent one after the other: only what overlaps within a call is seen. */
const oneAfterTheOther = { model: 'sequential' } as const;

/** @param request of the function that holds the rewritten code; its `unsaved` has the file's text as it is */
export async function verifyRewrite(engine: Engine, request: RunRequest, plan: EditPlan, signal?: AbortSignal): Promise<Evidence> {
  if (plan.newFiles.length > 0) {
    throw new HumanError('A rewrite that makes a new file cannot be verified before it is applied.', 'Apply it, run the function, and undo it if you do not like what you see.');
  }
  const { file, language } = request.target;
  const text = request.unsaved?.get(file);
  if (text === undefined) throw new Error('The text of the file is needed.');
  if (language === 'python') throw new HumanError('Rewrites of Python cannot be verified yet.', 'Apply it, and run the function before and after.');
  const found = (await engine.list(file, text)).find(({ name, line }) => name === request.target.function && line === request.target.line);
  if (!found || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(found.name)) {
    throw new HumanError(`\`${request.target.function}\` cannot be called by its name alone.`, 'Apply the rewrite, and run the function before and after.');
  }
  const probe = (code: string): string => probed(code, found.name, found.parameters.most, language === 'typescript');
  // A first run pays for what both share: compiling, opening connections. It is not counted.
  await runProbe(engine, request, probe(text), signal);
  const before = await runProbe(engine, request, probe(text), signal);
  const after = await runProbe(engine, request, probe(applyPlan(text, plan.edits)), signal);
  return compare(before, after);
}

const probeName = 'corewiseProbe';

/** The module with a function behind it that calls the target and tells of it; its line ends keep a comment there apart. */
function probed(text: string, target: string, most: number, typescript: boolean): string {
  const any = typescript ? ': any' : '';
  // An input is spread over the probe's parameters as over the target's.
  const parameters = most > 1 ? `...all${any}` : `one${any}`;
  const callee = typescript ? `(${target} as any)` : target;
  return `${text}
;async function ${probeName}(${parameters}) {
  const args${any} = ${most > 1 ? 'all' : '[one]'};
  try {
    const value = await ${callee}(...args);
    return { value, args };
  } catch (error${any}) {
    return { error: String(error?.name ?? typeof error), args };
  }
}
`;
}

async function runProbe(engine: Engine, request: RunRequest, code: string, signal: AbortSignal | undefined): Promise<RunData> {
  const { file } = request.target;
  const [listed] = (await engine.list(file, code)).filter(({ name }) => name === probeName);
  const handle = engine.start({
    ...request,
    target: { ...request.target, function: probeName, line: listed!.line, column: listed!.column },
    unsaved: new Map([...(request.unsaved ?? []), [file, code]]),
    plan: { ...oneAfterTheOther, timeoutMs: request.plan.timeoutMs },
    wantResults: true,
  });
  const cancel = (): void => handle.cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const data = await handle.ended;
  signal?.removeEventListener('abort', cancel);
  if (data.outcome !== 'completed') throw new HumanError(`The run to verify it ${data.outcome === 'cancelled' ? 'was cancelled' : `failed: ${data.message ?? 'no reason is known'}`}.`);
  return data;
}

/** Most differences that are told one by one. */
const mostTold = 5;

function compare(before: RunData, after: RunData): Evidence {
  const [was, is] = [toldBy(before), toldBy(after)];
  const differences: string[] = [];
  const same = (of: string, of1: (told: Told) => unknown): boolean => {
    let all = true;
    for (const [index, told] of was) {
      const other = is.get(index);
      if (told && other && isDeepStrictEqual(of1(told), of1(other))) continue;
      if (!told || !other) continue;
      all = false;
      if (differences.length < mostTold) differences.push(`Call ${index + 1}: ${of}`);
    }
    return all;
  };
  const compared = [...was].every(([index, told]) => told !== null && is.get(index) != null);
  const sameResults = same('another result.', ({ value }) => value);
  return {
    calls: before.counts.tasks,
    sameResults: compared || !sameResults ? sameResults : null,
    sameArguments: same('its arguments are left in another state.', ({ args }) => args),
    sameErrors: same('another type of error, or none.', ({ error }) => error),
    beforeMs: before.wallMs,
    afterMs: after.wallMs,
    differences,
  };
}

/** By index; `null` where what a call gave was too large. */
function toldBy({ results }: RunData): Map<number, Told | null> {
  return new Map((results ?? []).map((it) => [it.index, 'value' in it ? (it.value as Told) : null]));
}
