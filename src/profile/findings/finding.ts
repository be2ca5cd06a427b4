import type { Millis } from '../../base/units';
import type { RunData } from '../run-data';
import type { Summary } from '../summary';

export type FindingKind =
  | 'startup'
  | 'few-tasks'
  | 'tail'
  | 'other-processes'
  | 'throttled'
  | 'oversubscribed'
  | 'transfer'
  | 'small-tasks'
  | 'global-lock'
  | 'memory';

/** Something to know or to mend, with the span of time that shows it. */
export interface Finding {
  readonly kind: FindingKind;
  readonly from: Millis;
  readonly to: Millis;
  /** The figure it rests on, in `unit`. */
  readonly value: number;
  readonly unit: 'ms' | 'share' | 'cores' | 'lanes' | 'MB';
  /** One or two sentences for a person: what was measured, then what may help. */
  readonly sentence: string;
}

/** Looks for one kind of finding in a run that has ended. */
export type Finder = (run: FindingFacts, summary: Summary) => Finding | null;

export type FindingFacts = Pick<
  RunData,
  'target' | 'plan' | 'outcome' | 'environment' | 'throttledMs' | 'peakMemoryMb' | 'splitKnown' | 'runQueueKnown' | 'workers' | 'counts'
> & { readonly cores: Pick<RunData['cores'], 'samples'> };
