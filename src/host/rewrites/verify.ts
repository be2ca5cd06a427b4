import * as vscode from 'vscode';
import { HumanError } from '../../base/human-error';
import type { EditPlan } from '../../rewrite/edit-plan';
import { verifyRewrite, type Evidence } from '../../session/rewrite/verify';
import { requestFor } from '../commands/run';
import { signature } from '../editor/choose-function';
import { targetOf } from '../editor/locate';
import { askInputs } from '../inputs/ask';
import { tellError } from '../messages';
import { counted, duration } from '../plain-text';
import type { Services } from '../services';
import { requireTrust } from '../trust';

/** Runs the rewritten function before and after; sentences for a person, or `undefined` where they did not want to in the end. */
export async function verify(services: Services, document: vscode.TextDocument, plan: EditPlan): Promise<string[] | undefined> {
  try {
    requireTrust();
    const engine = await services.engine.get();
    const [edit] = plan.edits;
    const found = await engine.at(document.uri.fsPath, document.getText(), edit!.start, edit!.end);
    if (!found.ok) throw new HumanError(found.error.message);
    const chosen = await askInputs(engine, services.recents, `Verify: ${signature(found.value)}`, document, found.value);
    if (!chosen) return undefined;
    const request = await requestFor(engine, document, targetOf(document, found.value), chosen.inputs, {}, 'sequential');
    const options = { location: vscode.ProgressLocation.Notification, title: `Running ${found.value.name} before and after`, cancellable: true };
    return await vscode.window.withProgress(options, async (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return sentences(await verifyRewrite(await services.engine.forRun(), request, plan, abort.signal));
    });
  } catch (fault) {
    tellError(fault, services.log);
    return undefined;
  }
}

export function sentences(it: Evidence): string[] {
  const gain = it.beforeMs / it.afterMs;
  return [
    it.sameResults === null ? 'Some results were too large to be compared.' : it.sameResults ? `Results of ${counted(it.calls, 'call')}: equal, and in the same order.` : 'Results differ.',
    it.sameArguments ? 'Arguments are left as before.' : 'Arguments are left in another state.',
    it.sameErrors ? 'Failures are of the same type.' : 'Failures differ.',
    ...it.differences,
    `${duration(it.beforeMs)} before, ${duration(it.afterMs)} after: ${gain >= 1.1 ? `${gain.toFixed(1)} times as fast, so calls overlapped.` : 'no gain was measured on these inputs.'}`,
  ];
}
