const day = 86_400_000;

/** `today 14:02`, `yesterday 17:20`, `2026-02-11 09:12`: local time. */
export function when(at: number, now = Date.now()): string {
  const date = new Date(at);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  if (at >= midnight) return `today ${time}`;
  if (at >= midnight - day) return `yesterday ${time}`;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
