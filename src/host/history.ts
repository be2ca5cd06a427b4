import * as v from 'valibot';
import type { Disposable } from '../base/disposal';
import type { RunData } from '../profile/run-data';
import type { Counts, RunReport } from '../protocol/report';
import { pythonModels, startMethods, type Inputs, type PlanRequest, type Target } from '../protocol/target';
import type { RunRequest } from '../session/run-request';
import { inputsSchema } from './inputs/inputs-schema';
import type { Store } from './store';

/** A run in a line: all that is left of it after the window was reloaded. */
export interface HistoryEntry {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly requestedAt: number;
  readonly target: Target;
  /** `null` after a reload, where they were too long to be kept. */
  readonly inputs: Inputs | null;
  readonly plan: PlanRequest;
  /** Whether every result was asked for. */
  readonly results: boolean;
  /** `running`, or `interrupted` where the window went away before the run's end. */
  readonly outcome: 'running' | 'interrupted' | 'completed' | 'cancelled' | 'failed';
  readonly message: string | null;
  readonly wallMs: number;
  readonly counts: Counts;
  /** What it was run with in the end; `null` until that is known. */
  readonly workers: number | null;
  /** Sequential time ÷ wall time; `null` where it cannot be told. */
  readonly speedup: number | null;
}

const key = 'corewise.history';

/** Records of all the runs whose full data is kept: 2^21 of 41 bytes are 86 MB. The newest run is kept whatever its size. */
const keptRecords = 1 << 21;

/** UTF-16 units; the state is read at every start of a window. */
const longestInputs = 20_000;

const count = v.number();
const schema = v.array(
  v.object({
    id: v.string(),
    requestedAt: v.number(),
    target: v.object({
      language: v.picklist(['javascript', 'typescript', 'python']),
      file: v.string(),
      function: v.string(),
      line: v.number(),
      column: v.number(),
    }),
    inputs: v.nullable(inputsSchema),
    plan: v.object({
      model: v.picklist(pythonModels),
      workers: v.optional(v.number()),
      concurrency: v.optional(v.number()),
      chunk: v.optional(v.union([v.number(), v.literal('auto')])),
      startMethod: v.optional(v.picklist(startMethods)),
      timeoutMs: v.optional(v.number()),
    }),
    results: v.boolean(),
    outcome: v.picklist(['running', 'interrupted', 'completed', 'cancelled', 'failed']),
    message: v.nullable(v.string()),
    wallMs: v.number(),
    counts: v.object({ tasks: count, succeeded: count, failed: count, cancelled: count }),
    workers: v.nullable(v.number()),
    speedup: v.nullable(v.number()),
  }),
);

/** The runs of this workspace, newest first: the latest with all their data, the others in a line each. */
export class RunHistory {
  #entries: HistoryEntry[];
  readonly #data = new Map<string, RunData>();
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly store: Store,
    private readonly limit: () => number,
  ) {
    const read = v.safeParse(schema, store.get(key));
    this.#entries = (read.success ? read.output : []).map((entry) =>
      entry.outcome === 'running' ? { ...entry, outcome: 'interrupted' } : entry,
    );
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /** The newest run that still has its data. */
  get latest(): RunData | undefined {
    return this.#entries.map(({ id }) => this.#data.get(id)).find((data) => data !== undefined);
  }

  /** The data of a run; `undefined` where only its line is left. */
  data(id: string): RunData | undefined {
    return this.#data.get(id);
  }

  /** Every run with its data, newest first. */
  get runs(): readonly RunData[] {
    return this.#entries.flatMap(({ id }) => this.#data.get(id) ?? []);
  }

  /** Takes note of a run when it starts, and again, with its report, when it has ended. */
  async note(request: RunRequest, data: RunData, report: RunReport | null): Promise<void> {
    const entry = entryOf(request, data, report);
    const at = this.#entries.findIndex(({ id }) => id === entry.id);
    if (at >= 0) this.#entries[at] = entry;
    else this.#entries.unshift(entry);
    this.#data.set(data.id, data);
    this.#bound();
    for (const listener of this.#listeners) listener();
    await this.store.update(key, this.#entries.map(withinBounds));
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #bound(): void {
    this.#entries.length = Math.min(this.#entries.length, Math.max(1, this.limit()));
    const kept = new Set<string>();
    let records = 0;
    for (const data of this.runs) {
      records += data.records.length;
      if (kept.size === 0 || records <= keptRecords) kept.add(data.id);
    }
    for (const id of [...this.#data.keys()]) if (!kept.has(id)) this.#data.delete(id);
  }
}

const withinBounds = (entry: HistoryEntry): HistoryEntry =>
  entry.inputs?.kind === 'expression' && entry.inputs.text.length > longestInputs ? { ...entry, inputs: null } : entry;

function entryOf(request: RunRequest, data: RunData, report: RunReport | null): HistoryEntry {
  return {
    id: data.id,
    requestedAt: data.requestedAt,
    target: data.target,
    inputs: data.inputs,
    plan: request.plan,
    results: request.wantResults ?? false,
    outcome: data.outcome ?? 'running',
    message: data.message?.slice(0, 500) ?? null,
    wallMs: data.wallMs,
    counts: { ...data.counts },
    workers: report?.plan.workers ?? null,
    speedup: report?.speedup.estimate ?? null,
  };
}
