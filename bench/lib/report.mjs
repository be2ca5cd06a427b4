/** Plain text that is also Markdown: a heading, where it was measured, a table, and which goals hold. */

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const digits = (value, n = 3) => String(Number(value.toPrecision(n)));

/** `12.3 (11.0 to 14.1)` */
export const spread = ({ median, least, most }, unit = '') => `${digits(median)}${unit} (${digits(least)} to ${digits(most)})`;

/** A goal and whether the median meets it. */
export function verdict(text, met) {
  return `- ${met ? 'met' : '**not met**'}: ${text}`;
}
