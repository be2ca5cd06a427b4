/**
 * Text that comes from user code (names, messages, values), made fit for the places where VS Code would read more into
 * it: icons in labels, links in notifications, control and bidirectional characters everywhere.
 */

/** Controls, and the marks that reorder or hide what follows them. */
const unprintable = /[\p{Cc}\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

const escaped = (mark: string): string => `\\u{${mark.codePointAt(0)!.toString(16)}}`;

/** One printable line of at most `limit` UTF-16 units; what cannot be seen is written as an escape. */
export function oneLine(text: string, limit = 160): string {
  // Cut before the rest of the work, which is then bounded for a message of any size.
  const line = text
    .slice(0, limit * 4)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(unprintable, escaped);
  return line.length > limit || text.length > limit * 4 ? `${cut(line, limit - 1)}…` : line;
}

/** Several lines, such as a stack: as {@link oneLine}, but for line ends and indentation. */
export const lines = (text: string, limit = 4000): string =>
  cut(text, Math.min(text.length, limit)).replace(unprintable, (mark) => (mark === '\n' || mark === '\t' ? mark : escaped(mark)));

/** For labels of pickers, lenses and the status bar, which draw `$(name)` as an icon. */
export const forLabel = (text: string, limit?: number): string => oneLine(text, limit).replaceAll('$(', '\\$(');

/** For notifications, which turn `[text](command:…)` into a link that runs a command. */
export const forNotification = (text: string, limit = 300): string => oneLine(text, limit).replaceAll('](', '] (');

/** Without half a surrogate pair at the end. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** `1 call`, `64 calls`, `1,000,000 calls`. */
export const counted = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;

/** A length of time as a person says it: `0.4 ms`, `12 ms`, `1.25 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${ms.toFixed(0)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
