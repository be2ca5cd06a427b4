import * as v from 'valibot';

/** A snippet as VS Code's snippet files have it. */
export interface Snippet {
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
}

const lines = v.union([v.string(), v.array(v.string())]);
const file = v.record(v.string(), v.object({ prefix: lines, description: v.optional(lines, ''), body: lines }));

/** Reads the text of a snippet file. */
export function readSnippets(json: string): Snippet[] {
  return Object.entries(v.parse(file, JSON.parse(json))).map(([name, snippet]) => ({
    name,
    prefix: [snippet.prefix].flat()[0] ?? '',
    description: [snippet.description].flat().join(' '),
    body: [snippet.body].flat().join('\n'),
  }));
}

/** Text of the placeholders seen so far, by number: later ones of the same number repeat it. */
type Values = Map<string, string>;

/** What a snippet's body reads like once it is inserted: every placeholder as its first value, escapes undone. */
export function plainBody(body: string, values: Values = new Map()): string {
  let text = '';
  for (let at = 0; at < body.length; ) {
    const rest = body.slice(at);
    const [skip, part] = escape(rest) ?? mirror(rest, values) ?? placeholder(rest, values) ?? [1, rest[0]!];
    text += part;
    at += skip;
  }
  return text;
}

type Step = readonly [skip: number, text: string];

const escape = (rest: string): Step | null => (/^\\[$}\\]/.test(rest) ? [2, rest[1]!] : null);

function mirror(rest: string, values: Values): Step | null {
  const found = /^\$(\d+)|^\$\{(\d+)\}/.exec(rest);
  return found && [found[0].length, values.get((found[1] ?? found[2])!) ?? ''];
}

function placeholder(rest: string, values: Values): Step | null {
  const opening = /^\$\{(\d+)([:|])/.exec(rest);
  if (!opening) return null;
  const inside = closed(rest.slice(opening[0].length));
  if (inside === null) return null;
  const first = opening[2] === '|' ? inside.slice(0, -1).split(/(?<!\\),/)[0]! : inside;
  const value = plainBody(first, values);
  values.set(opening[1]!, value);
  return [opening[0].length + inside.length + 1, value];
}

/** The text up to the `}` that closes the placeholder that it is in; `null` where none does. */
function closed(text: string): string | null {
  let depth = 1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith('${', at)) depth++;
    else if (text[at] === '}' && --depth === 0) return text.slice(0, at);
  }
  return null;
}
