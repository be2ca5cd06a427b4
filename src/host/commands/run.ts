import type * as vscode from 'vscode';
import type { RunReport } from '../../protocol/report';
import { poolModel, type Inputs, type Model, type Target } from '../../protocol/target';
import type { Engine } from '../../session/engine';
import type { RunRequest } from '../../session/run-request';
import type { FoundFunction } from '../../source/found-function';
import { readRunArguments, type RunArguments } from '../arguments';
import { signature, locateOrChoose } from '../editor/choose-function';
import { baseFolder, documentFor, unsavedTexts } from '../editor/document';
import { locate, locateAgain, targetOf } from '../editor/locate';
import { askInputs } from '../inputs/ask';
import { inputsFromList, inputsFromText } from '../inputs/inputs-text';
import type { Chosen } from '../inputs/picker';
import type { Services } from '../services';
import { planRequest, readSettings } from '../settings';
import { requireTrust } from '../trust';
import { showWaiting } from '../runs/progress';
import { watchRun } from '../runs/watch-run';

const titles: Record<Model, string> = {
  threads: 'Run on threads',
  processes: 'Run on processes',
  gather: 'Run with async gather',
  sequential: 'Run sequentially',
  hybrid: 'Run on a pool of async workers',
  interpreters: 'Run on interpreters',
};

/** What a command asks for: a model, or whatever is parallel in the function's language. */
export type CommandModel = Model | 'pool';

/** Runs the function that the argument or the cursor names; `undefined` where the person did not want to in the end. */
export async function runFunction(services: Services, command: CommandModel, argument: unknown): Promise<RunReport | undefined> {
  const args = readRunArguments(argument);
  requireTrust();
  const document = await documentFor(args, services.lastEditor.current);
  const engine = await services.engine.get();
  const asks = args.inputs === undefined;
  const found = await (asks ? locateOrChoose : locate)(engine, document, args);
  if (!found) return undefined;
  // A runner starts while the inputs are being thought of.
  if (asks) engine.warm(document.uri.fsPath);
  const pool = poolModel(found.language);
  const model = args.model ?? (command === 'pool' ? pool : command);
  const title = `${model === pool ? 'Run on worker pool' : titles[model]}: ${signature(found)}`;
  const chosen = asks
    ? await askInputs(engine, services.recents, title, document, found)
    : givenInputs(args, document, found);
  if (!chosen) return undefined;
  const request = await requestFor(engine, document, targetOf(document, found), chosen.inputs, args, model);
  if (asks) await services.recents.use(document.uri.fsPath, found.name, { ...chosen, usedAt: Date.now() });
  return run(services, request, args.show ?? true, asks);
}

/** Runs `request` when its turn comes. `asked`: somebody is at the keyboard and is told how it went. */
export async function run(
  services: Services,
  request: RunRequest,
  show: boolean,
  asked: boolean,
): Promise<RunReport | undefined> {
  const { turns } = services;
  const release = await (asked && turns.busy ? showWaiting(request.target.function, turns) : turns.next());
  if (!release) return undefined;
  const watching = services.runs.onDidStart((handle) => watchRun(services, handle, { show, asked }));
  try {
    return await services.runs.run(request, release);
  } finally {
    watching.dispose();
  }
}

/** While inputs were asked for, the text may have changed: what runs is what stands there now. */
export async function requestFor(
  engine: Engine,
  document: vscode.TextDocument,
  was: Pick<Target, 'function' | 'line'>,
  inputs: Inputs,
  args: RunArguments,
  model: Model,
): Promise<RunRequest> {
  const settings = readSettings(document.uri);
  // Taken before the function is looked for, in the same tick: both are of one text.
  const unsaved = unsavedTexts(document);
  const found = await locateAgain(engine, document, was);
  return {
    target: targetOf(document, found),
    unsaved,
    inputs,
    plan: planRequest(model, found.language, args, settings),
    ...(settings.memoryLimitMb > 0 ? { limits: { memoryMb: settings.memoryLimitMb } } : {}),
    wantResults: args.results ?? args.inputs !== undefined,
    cwd: baseFolder(document),
  };
}

export function givenInputs({ inputs }: RunArguments, document: vscode.TextDocument, found: FoundFunction): Chosen | undefined {
  if (inputs === undefined) return undefined;
  if (Array.isArray(inputs)) return { inputs: inputsFromList(inputs, found), preview: null };
  if (typeof inputs === 'number') return { inputs: { kind: 'repeat', times: inputs }, preview: null };
  return { inputs: inputsFromText(inputs, baseFolder(document)), preview: null };
}
