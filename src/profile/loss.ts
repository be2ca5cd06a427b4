import type { Timing } from '../protocol/report';

/**
 * A part of the loss bar, in units of lanes: `code` 6.57 of 8 says that 6.57 lanes were inside the user's function on
 * average. `runQueue` is time inside it too, but spent waiting for a core; it is left out where the OS does not tell,
 * and `code` then holds it.
 */
export interface LossPart {
  readonly kind: 'code' | 'runQueue' | 'transfer' | 'startup' | 'idle';
  readonly times: number;
}

/** The parts add up to `lanes`. `null` where the timing is unknown. */
export function lossParts(timing: Timing, lanes: number): LossPart[] | null {
  const { wallMs, startupMs, computeMs, runQueueMs, transferMs, idleMs } = timing;
  if (wallMs <= 0 || startupMs === null || computeMs === null || transferMs === null || idleMs === null) return null;
  // Records may say that lanes were held for longer than there was time, by the rounding of clocks.
  const unit = lanes / Math.max(lanes * wallMs, startupMs + computeMs + transferMs + idleMs);
  const part = (kind: LossPart['kind'], length: number): LossPart => ({ kind, times: length * unit });
  return [
    part('code', computeMs - (runQueueMs ?? 0)),
    ...(runQueueMs === null ? [] : [part('runQueue', runQueueMs)]),
    part('transfer', transferMs),
    part('startup', startupMs),
    part('idle', idleMs),
  ];
}
