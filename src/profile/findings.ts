import { findOversubscription, findThrottling } from './findings/contention';
import { findFewTasks } from './findings/few-tasks';
import type { Finder, Finding, FindingFacts } from './findings/finding';
import { findGlobalLock } from './findings/global-lock';
import { findSmallTasks, findTransfer } from './findings/handover';
import { findMemory } from './findings/memory';
import { findOtherProcesses } from './findings/other-processes';
import { findStartup } from './findings/startup';
import { findTail } from './findings/tail';
import type { Summary } from './summary';

export type { Finding, FindingKind } from './findings/finding';

const finders: readonly Finder[] = [
  findStartup,
  findFewTasks,
  findSmallTasks,
  findTransfer,
  findGlobalLock,
  findOversubscription,
  findOtherProcesses,
  findThrottling,
  findTail,
  findMemory,
];

/**
 * What a run that has ended shows of its losses, in order of time; empty while it goes on. Each finder states what it
 * measured and its thresholds, and says nothing where the measurements do not reach.
 */
export function findingsOf(run: FindingFacts, summary: Summary): Finding[] {
  if (summary.provisional) return [];
  return finders
    .map((find) => find(run, summary))
    .filter((finding) => finding !== null)
    .sort((a, b) => a.from - b.from || a.to - b.to);
}
