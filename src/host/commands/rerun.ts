import * as v from 'valibot';
import { HumanError } from '../../base/human-error';
import type { RunReport } from '../../protocol/report';
import type { Inputs, PlanRequest, Target } from '../../protocol/target';
import { documentFor } from '../editor/document';
import type { Services } from '../services';
import { requireTrust } from '../trust';
import { requestFor, run } from './run';

/** `id` of a run in the history; the last one where absent. */
const argumentSchema = v.optional(v.object({ id: v.optional(v.string()), show: v.optional(v.boolean()) }), {});

/** Runs what was run before with the same inputs and the same plan, in the code as it is now. */
export async function rerun(services: Services, argument: unknown): Promise<RunReport | undefined> {
  const read = v.safeParse(argumentSchema, argument ?? undefined);
  if (!read.success) throw new HumanError('Run Again takes `{ id?, show? }`.');
  requireTrust();
  const before = find(services, read.output.id);
  const document = await documentFor({ uri: before.target.file });
  const engine = await services.engine.get();
  const request = await requestFor(engine, document, before.target, before.inputs, {}, before.plan.model);
  const given = argument != null;
  return run(services, { ...request, plan: before.plan, wantResults: given }, read.output.show ?? true, !given);
}

interface Before {
  readonly target: Target;
  readonly inputs: Inputs;
  readonly plan: PlanRequest;
}

function find({ history, runs }: Services, id: string | undefined): Before {
  const before = id === undefined ? (runs.last ?? history.entries[0]) : history.entries.find((entry) => entry.id === id);
  if (before) return before;
  throw new HumanError('There is no run to do again.', 'Put the cursor on a function and run it first.');
}
