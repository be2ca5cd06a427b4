/** The run report as a schema: for whoever reads one that came as text, and for the tests that it is what we say. */
import * as v from 'valibot';
import type { RunReport } from './report';
import { errorPhases } from './report';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const millis = v.pipe(v.number(), v.minValue(0));
const unknownOr = <Schema extends v.GenericSchema>(schema: Schema) => v.nullable(schema);
const share = v.pipe(v.number(), v.minValue(0));

export const reportSchema = v.strictObject({
  version: v.literal(1),
  target: v.strictObject({
    language: v.picklist(['javascript', 'typescript', 'python']),
    file: v.string(),
    function: v.string(),
    line: v.pipe(count, v.minValue(1)),
  }),
  plan: v.strictObject({
    model: v.picklist(['sequential', 'gather', 'threads', 'processes', 'hybrid', 'interpreters']),
    workers: v.pipe(count, v.minValue(1)),
    concurrency: v.pipe(count, v.minValue(1)),
    chunk: v.union([v.literal('auto'), v.pipe(count, v.minValue(1))]),
    startMethod: v.exactOptional(v.string()),
    tasks: unknownOr(count),
  }),
  environment: unknownOr(
    v.strictObject({
      runtime: v.string(),
      runtimeVersion: v.string(),
      cores: v.pipe(count, v.minValue(1)),
      usableCores: v.pipe(v.number(), v.gtValue(0)),
      os: v.string(),
    }),
  ),
  outcome: v.picklist(['completed', 'cancelled', 'failed']),
  message: v.exactOptional(v.string()),
  counts: v.strictObject({ tasks: count, succeeded: count, failed: count, cancelled: count }),
  results: v.exactOptional(
    v.array(
      v.union([
        v.strictObject({ index: count, value: v.unknown() }),
        v.strictObject({ index: count, preview: v.string(), truncated: v.literal(true) }),
      ]),
    ),
  ),
  errors: v.array(
    v.strictObject({
      index: v.pipe(v.number(), v.integer(), v.minValue(-1)),
      name: v.string(),
      message: v.string(),
      stack: v.string(),
      phase: v.picklist(errorPhases),
    }),
  ),
  timing: v.strictObject({
    wallMs: millis,
    startupMs: unknownOr(millis),
    computeMs: unknownOr(millis),
    onCpuMs: unknownOr(millis),
    blockedMs: unknownOr(millis),
    runQueueMs: unknownOr(millis),
    transferMs: unknownOr(millis),
    idleMs: unknownOr(millis),
  }),
  speedup: v.strictObject({ measuredMs: v.exactOptional(millis), estimate: unknownOr(share), basis: v.string() }),
  latency: v.strictObject({ p50Ms: unknownOr(millis), p95Ms: unknownOr(millis), p99Ms: unknownOr(millis), maxMs: unknownOr(millis) }),
  workers: v.array(
    v.strictObject({
      id: count,
      tasks: count,
      busyMs: millis,
      onCpuMs: unknownOr(millis),
      utilisation: v.pipe(share, v.maxValue(1)),
      peakMemoryMb: unknownOr(v.number()),
    }),
  ),
  cores: v.array(v.strictObject({ core: count, utilisation: share, ours: unknownOr(share) })),
  throttledMs: v.exactOptional(unknownOr(millis)),
  warnings: v.array(v.string()),
  verdict: v.exactOptional(
    v.strictObject({
      class: v.picklist(['cpu-bound', 'io-bound', 'mixed', 'too-small', 'unknown']),
      sentence: v.string(),
      reasons: v.array(v.string()),
    }),
  ),
}) satisfies v.GenericSchema<unknown, RunReport>;
