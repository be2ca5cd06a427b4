/** What of the Trace Event Format Perfetto needs, as far as we write it. */
import * as v from 'valibot';

const where = { pid: v.pipe(v.number(), v.integer()), tid: v.pipe(v.number(), v.integer()), name: v.pipe(v.string(), v.minLength(1)) };
const time = v.pipe(v.number(), v.minValue(0));

export const traceSchema = v.strictObject({
  displayTimeUnit: v.picklist(['ms', 'ns']),
  otherData: v.record(v.string(), v.unknown()),
  traceEvents: v.array(
    v.variant('ph', [
      v.strictObject({
        ph: v.literal('M'),
        ...where,
        name: v.picklist(['process_name', 'thread_name', 'thread_sort_index']),
        args: v.union([v.strictObject({ name: v.string() }), v.strictObject({ sort_index: v.number() })]),
      }),
      v.strictObject({
        ph: v.literal('X'),
        ...where,
        cat: v.string(),
        ts: time,
        dur: time,
        cname: v.optional(v.picklist(['grey', 'terrible'])),
        args: v.optional(v.record(v.string(), v.unknown())),
      }),
      v.strictObject({ ph: v.literal('C'), ...where, ts: time, args: v.record(v.string(), v.number()) }),
    ]),
  ),
});

export type TraceEvents = v.InferOutput<typeof traceSchema>['traceEvents'];

/** Slices of one thread must lie side by side: what overlaps without nesting is not shown. Returns the pairs that do overlap. */
export function overlaps(events: TraceEvents): [TraceEvents[number], TraceEvents[number]][] {
  const slices = events.filter((event) => event.ph === 'X').sort((a, b) => a.pid - b.pid || a.tid - b.tid || a.ts - b.ts);
  const found: [TraceEvents[number], TraceEvents[number]][] = [];
  for (let i = 1; i < slices.length; i++) {
    const [before, after] = [slices[i - 1]!, slices[i]!];
    if (before.tid === after.tid && before.ts + before.dur > after.ts + 1e-6) found.push([before, after]);
  }
  return found;
}
