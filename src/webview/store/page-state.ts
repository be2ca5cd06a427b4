import type { Span } from '../layout/span';
import type { Selection } from './selection';

export const tabs = ['profile', 'tasks', 'history'] as const;
export type Tab = (typeof tabs)[number];

/** What is kept while VS Code has thrown the page away: where one was, and nothing of the data. */
export interface PageState {
  readonly runId: string | null;
  readonly tab: Tab;
  /** `null` shows the whole run. */
  readonly view: Span | null;
  readonly selection: Selection | null;
}

export const noState: PageState = { runId: null, tab: 'profile', view: null, selection: null };

/** What `getState` gave, which may be of an older version of ours, or of anybody. */
export function readState(raw: unknown): PageState {
  if (!isRecord(raw)) return noState;
  const { runId, tab, view, selection } = raw;
  return {
    runId: typeof runId === 'string' ? runId : null,
    tab: tabs.find((known) => known === tab) ?? 'profile',
    view: readSpan(view),
    selection: readSelection(selection),
  };
}

function readSpan(raw: unknown): Span | null {
  if (!isRecord(raw) || !areNumbers(raw.from, raw.to)) return null;
  const [from, to] = [Number(raw.from), Number(raw.to)];
  return from < to ? { from, to } : null;
}

function readSelection(raw: unknown): Selection | null {
  if (!isRecord(raw) || !areNumbers(raw.worker, raw.slot, raw.start, raw.id)) return null;
  return { worker: Number(raw.worker), slot: Number(raw.slot), start: Number(raw.start), id: Number(raw.id) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const areNumbers = (...values: unknown[]): boolean => values.every(Number.isFinite);
