/**
 * Core samples as columns for the wire: `2n` doubles (end of each span, then its length, from the run's origin),
 * then `n × cores` floats of our busy share, then as many of everybody's, sample by sample.
 */
export interface CoreColumns {
  /** End of each sampled span, ms from the run's origin. */
  readonly at: Float64Array;
  /** Length of each sampled span, ms. */
  readonly span: Float64Array;
  /** Sample by sample, `cores` shares each: what this run used; `NaN` where the OS does not tell. */
  readonly ours: Float32Array;
  /** Likewise: everything that was busy, ours included. */
  readonly busy: Float32Array;
}

/** Bytes that `n` samples of `cores` cores take. */
export const coreBytes = (n: number, cores: number): number => n * (16 + cores * 8);

/** Views of `n` samples over `buffer`, which must hold `coreBytes(n, cores)` bytes. */
export function coreColumnsOver(buffer: ArrayBuffer, n: number, cores: number): CoreColumns {
  return {
    at: new Float64Array(buffer, 0, n),
    span: new Float64Array(buffer, n * 8, n),
    ours: new Float32Array(buffer, n * 16, n * cores),
    busy: new Float32Array(buffer, n * 16 + n * cores * 4, n * cores),
  };
}
