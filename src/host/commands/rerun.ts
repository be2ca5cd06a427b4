import * as v from 'valibot';
import { HumanError } from '../../base/human-error';
import type { RunReport } from '../../protocol/report';
import type { HistoryEntry } from '../history';
import { documentFor } from '../editor/document';
import type { Services } from '../services';
import { requireTrust } from '../trust';
import { requestFor, run } from './run';

/** `id` of a run in the history; the last one where absent. With `show: false` nothing appears on the screen. */
const argumentSchema = v.optional(v.object({ id: v.optional(v.string()), show: v.optional(v.boolean(), true) }), {});

/** Runs what was run before with the same inputs and the same plan, in the code as it is now. */
export async function rerun(services: Services, argument: unknown): Promise<RunReport | undefined> {
  const read = v.safeParse(argumentSchema, argument ?? undefined);
  if (!read.success) throw new HumanError('Run Again takes `{ id?, show? }`.');
  requireTrust();
  const { show, id } = read.output;
  const before = find(services, id);
  if (!before.inputs) {
    throw new HumanError(`The inputs of \`${before.target.function}\` were too long to be kept.`, 'Run it with new ones.');
  }
  const document = await documentFor({ uri: before.target.file });
  const engine = await services.engine.get();
  const request = await requestFor(engine, document, before.target, before.inputs, {}, before.plan.model);
  return run(services, { ...request, plan: before.plan, wantResults: before.results }, show, show);
}

function find({ history }: Services, id: string | undefined): HistoryEntry {
  const before = history.entries.find((entry) => id === undefined || entry.id === id);
  if (before) return before;
  throw new HumanError('There is no run to do again.', 'Put the cursor on a function and run it first.');
}
