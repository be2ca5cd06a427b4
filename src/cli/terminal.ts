import { stripVTControlCharacters } from 'node:util';

/** Ways to make text stand out; none of them carries a meaning that the text does not. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  blue(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

export interface Terminal {
  readonly isTty: boolean;
  /** Characters in a line. */
  readonly columns: number;
  readonly style: Style;
}

type Stream = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;

/** How to write to a stream. `NO_COLOR` (no-color.org), `FORCE_COLOR` and dumb terminals are respected. */
export function terminalOf(stream: Stream, env: NodeJS.ProcessEnv): Terminal {
  const isTty = stream.isTTY === true;
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0';
  const coloured = env.NO_COLOR ? false : forced || (isTty && env.TERM !== 'dumb');
  return { isTty, columns: Math.max(40, Math.min(isTty ? stream.columns : 100, 120)), style: coloured ? colours : plain };
}

const sgr = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;
const colours: Style = { bold: sgr(1, 22), dim: sgr(2, 22), blue: sgr(34, 39), green: sgr(32, 39), yellow: sgr(33, 39), red: sgr(31, 39) };

const same = (text: string) => text;
export const plain: Style = { bold: same, dim: same, blue: same, green: same, yellow: same, red: same };

/**
 * Text of others as one line without escape sequences, control characters and marks that turn the writing direction:
 * what a function returns or throws must not steer the terminal.
 */
export function harmless(text: string): string {
  return stripVTControlCharacters(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Cut to so many characters, with a sign where something was cut. */
export const clip = (text: string, columns: number) => (text.length > columns ? `${text.slice(0, Math.max(0, columns - 1))}…` : text);
