/** Figures as people read them: three significant digits, metric prefixes, a point. The same in every view. */
import type { Mebibytes, Millis, Share } from '../base/units';

/** `3.63 s`, `186 ms`, `5.48 ms`, `485 µs`, `2 min 5 s`. */
export function duration(ms: Millis): string {
  const length = Math.abs(ms);
  if (length >= 119_500) return `${Math.floor(Math.round(ms / 1e3) / 60)} min ${Math.round(ms / 1e3) % 60} s`;
  if (length >= 999.5) return `${digits(ms / 1e3)} s`;
  if (length >= 0.9995) return `${digits(ms)} ms`;
  if (length >= 0.000_9995) return `${digits(ms * 1e3)} µs`;
  return length === 0 ? '0 ms' : `${digits(ms * 1e6)} ns`;
}

/** `82 %`; below ten with a decimal, `0.4 %`. */
export function percent(share: Share): string {
  const value = share * 100;
  return `${Math.abs(value) >= 9.95 || value === 0 ? Math.round(value) : Number(value.toFixed(1))} %`;
}

/** `6.57×`; `<0.01×` for what is less, and not nothing. */
export const times = (factor: number) => (factor > 0 && factor < 0.005 ? '<0.01×' : `${digits(factor)}×`);

/** `812 MB`, `1.95 GB`: mebibytes and gibibytes under the names that people know them by. */
export const memory = (mb: Mebibytes) => (mb >= 1000 ? `${digits(mb / 1024)} GB` : `${digits(mb)} MB`);

/** `1 task`, `48,000 tasks`. */
export const count = (n: number, one: string, many = `${one}s`) => `${grouped(n)} ${n === 1 ? one : many}`;

/** `48,000`. */
export const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** Three significant digits, without exponents: `6.57`, `24.2`, `812`, `1240`. */
function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}
