/**
 * Python as the grammar of @lezer/python knows it. What that grammar lacks is put into words that it has, of the same length:
 * offsets stay, and names and strings are always read from the user's own text.
 */
import { tokenize, type Token } from './tokens';

export interface Levelled {
  readonly text: string;
  /** Offsets of a `yield` without a value, written as `None`. */
  readonly bareYields: ReadonlySet<number>;
  /** Offsets of the `as` of a `with` statement, written as a comma: its target may be more than a name. */
  readonly withTargets: ReadonlySet<number>;
  /** Offsets of the `@` of decorators that are more than a dotted call, written as an expression statement. */
  readonly decorators: ReadonlySet<number>;
  /** Offsets of brackets without a partner, left out, and of strings without an end. */
  readonly faults: readonly number[];
  /** The most brackets that are open at once. */
  readonly depth: number;
}

export function level(text: string): Levelled {
  const leveller = new Leveller(text);
  leveller.run();
  const { bareYields, withTargets, decorators, faults, depth } = leveller;
  return { text: leveller.text(), bareYields, withTargets, decorators, faults, depth };
}

const isKeyword = (word: string): boolean => keywords.has(word);
const keywords = new Set(
  ('and as assert async await break class continue def del elif else except finally for from global if import in is lambda ' +
    'nonlocal not or pass raise return try while with yield').split(' '),
);

class Leveller {
  readonly bareYields = new Set<number>();
  readonly withTargets = new Set<number>();
  readonly decorators = new Set<number>();
  readonly faults: readonly number[];
  readonly depth: number;
  readonly #tokens: readonly Token[];
  readonly #edits: { readonly start: number; readonly text: string }[] = [];
  /** For each open `[` whether it takes an item of something, or lists type parameters. */
  readonly #brackets: ('item' | 'types' | 'other')[] = [];

  constructor(readonly source: string) {
    const { tokens, unmatched, openStrings, slashes, depth } = tokenize(source);
    this.depth = depth;
    this.#tokens = tokens;
    this.faults = [...unmatched, ...openStrings].sort((a, b) => a - b);
    for (const at of unmatched) this.#write(at, ' ');
    // To the grammar, `\\{` does not begin a replacement field.
    for (const at of slashes) this.#write(at, '.');
  }

  run(): void {
    this.#whiteSpace();
    this.#tokens.forEach((token, index) => {
      if (token.first) this.#statement(index);
      if (token.kind === 'number') this.#number(token);
      else if (token.kind === 'string') this.#string(token);
      else if (token.kind === 'name') this.#word(token, index);
      else if (token.kind === 'operator') this.#operator(token, index);
    });
  }

  text(): string {
    if (this.#edits.length === 0) return this.source;
    let result = '';
    let at = 0;
    for (const { start, text } of this.#edits.sort((a, b) => a.start - b.start)) {
      if (start < at) continue;
      result += this.source.slice(at, start) + text;
      at = start + text.length;
    }
    return result + this.source.slice(at);
  }

  #write(start: number, text: string): void {
    this.#edits.push({ start, text });
  }

  #textOf(index: number): string {
    const token = this.#tokens[index];
    return token ? this.source.slice(token.start, token.end) : '';
  }

  #is(index: number, text: string): boolean {
    const token = this.#tokens[index];
    return token !== undefined && token.end - token.start === text.length && this.source.startsWith(text, token.start);
  }

  /** A form feed starts the indentation anew; CRLF after a backslash is one line break; so is a byte order mark none. */
  #whiteSpace(): void {
    if (this.source.charCodeAt(0) === 0xfeff) this.#write(0, '\n');
    if (this.source.includes('\f')) {
      for (const { index } of this.source.matchAll(/\f/g)) this.#write(index, /(?:^|[\r\n])[ \t\f]*$/.test(this.source.slice(Math.max(0, index - 200), index)) ? '\n' : ' ');
    }
    // The grammar loses its way in thousands of empty lines, and reads a comment at once.
    for (const { 0: run, index } of this.source.matchAll(/(?:[ \t]*\r?\n){40,}/g)) {
      const first = run.indexOf('\n') + 1;
      this.#write(index + first, '#'.repeat(run.length - first - 1));
    }
    if (this.source.includes('\\\r\n')) {
      for (const { index } of this.source.matchAll(/\\\r\n/g)) this.#write(index, ' \\\n');
    }
  }

  /** `1.` and `1.e5` */
  #number({ start, end }: Token): void {
    const dot = this.source.slice(start, end).search(/\.(?:$|[eEjJ])/);
    if (dot >= 0) this.#write(start + dot, '0');
  }

  /** `t"…"` reads as `f"…"`. */
  #string({ start, end }: Token): void {
    const prefix = /^[rR]?[tT]/.exec(this.source.slice(start, Math.min(end, start + 2)));
    if (prefix) this.#write(start + prefix[0].length - 1, 'f');
  }

  #word(token: Token, index: number): void {
    const word = this.source.slice(token.start, token.end);
    if (word === 'yield') this.#yield(token, index);
    // A statement of Python 2 to the grammar, unless its arguments follow.
    else if (word === 'print' && !/^[(.]$|^$/.test(this.#textOf(index + 1).trim())) this.#write(token.start, 'prinT');
    else if (word === 'lambda') this.#lambda(token, index);
    else if (word === 'for' && token.depth > 0) this.#comprehensionTargets(token, index);
  }

  #yield({ start }: Token, index: number): void {
    const next = this.#tokens[index + 1];
    if (next && next.kind !== 'newline' && !/^[)\]},;:=!]/.test(this.#textOf(index + 1))) return;
    this.#write(start, 'None ');
    this.bareYields.add(start);
  }

  /** `lambda a, /, b,: …` */
  #lambda({ depth }: Token, index: number): void {
    for (let at = index + 1; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]!;
      if (token.depth < depth || token.kind === 'newline') return;
      if (token.depth > depth) continue;
      if (this.#is(at, ':')) {
        if (this.#is(at - 1, ',')) this.#write(this.#tokens[at - 1]!.start, ' ');
        return;
      }
      if (this.#is(at, '/') && /^[,:]$/.test(this.#textOf(at + 1))) this.#write(token.start, '*');
    }
  }

  /** `for a, *b in …` inside brackets */
  #comprehensionTargets({ depth }: Token, index: number): void {
    for (let at = index + 1; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]!;
      if (token.depth < depth || token.kind === 'newline' || this.#is(at, 'in')) return;
      if (token.depth === depth && this.#is(at, '*')) this.#write(token.start, ' ');
    }
  }

  #operator(token: Token, index: number): void {
    const sign = this.source.slice(token.start, token.end);
    if (sign === '(' || sign === '{') this.#brackets.push('other');
    else if (sign === '[') this.#brackets.push(this.#bracketAt(index));
    else if (sign === ')' || sign === ']' || sign === '}') this.#brackets.pop();
    else if (sign === '*' && this.#isUnpackingInItem(token, index)) this.#write(token.start, '+');
    else if (sign === '=' && this.#brackets.at(-1) === 'types') this.#write(token.start, this.#hasBound(index) ? '|' : ':');
    if (token.depth === 0 && !'([{'.includes(sign)) this.#brackets.length = 0;
  }

  #bracketAt(index: number): 'item' | 'types' | 'other' {
    const before = this.#tokens[index - 1];
    if (!before) return 'other';
    const text = this.#textOf(index - 1);
    if (before.kind === 'name') {
      const isDefinition = /^(?:def|class)$/.test(this.#textOf(index - 2)) || (this.#is(index - 2, 'type') && this.#tokens[index - 2]!.first);
      const isWord = isKeyword(text) || (text === 'case' && before.first);
      return isDefinition ? 'types' : isWord ? 'other' : 'item';
    }
    return before.kind === 'string' || text === ')' || text === ']' ? 'item' : 'other';
  }

  /** `tuple[*Ts]`, `*args: *Ts`, `for x in *a, b` */
  #isUnpackingInItem({ depth }: Token, index: number): boolean {
    const before = this.#textOf(index - 1);
    if (before === 'in') return true;
    if (before === ':') return depth > 0;
    return this.#brackets.at(-1) === 'item' && (before === '[' || before === ',');
  }

  /** Whether the type parameter with a default at `index` has a `:` before it. */
  #hasBound(index: number): boolean {
    const { depth } = this.#tokens[index]!;
    for (let at = index - 1; at >= 0; at--) {
      const token = this.#tokens[at]!;
      if (token.depth < depth || (token.depth === depth && this.#is(at, ','))) return false;
      if (token.depth === depth && this.#is(at, ':')) return true;
    }
    return false;
  }

  #statement(index: number): void {
    if (this.#is(index, 'with') || (this.#is(index, 'async') && this.#is(index + 1, 'with'))) this.#with(index);
    else if (this.#is(index, '@')) this.#decorator(index);
    else if (this.#is(index, 'case')) this.#case(index);
    else if (this.#is(index, 'match')) this.#match(index);
  }

  /** Tokens from `index` to the `:` that ends the head of a compound statement; `null` where there is none. */
  #head(index: number): number | null {
    const { depth } = this.#tokens[index]!;
    for (let at = index + 1; at < this.#tokens.length; at++) {
      const token = this.#tokens[at]!;
      if (token.kind === 'newline') return null;
      if (token.depth === depth && this.#is(at, ':')) return at;
    }
    return null;
  }

  #with(index: number): void {
    const end = this.#head(index) ?? index;
    for (let at = index + 1; at < end; at++) {
      if (this.#tokens[at]!.kind !== 'name' || !this.#is(at, 'as')) continue;
      const { start } = this.#tokens[at]!;
      this.#write(start, ' ,');
      // The comma, where the grammar will find it.
      this.withTargets.add(start + 1);
    }
  }

  /** The whole group is written the other way where one of them has to be. */
  #decorator(index: number): void {
    if (this.decorators.has(this.#tokens[index]!.start)) return;
    const group: number[] = [];
    let plain = true;
    for (let at = index; this.#is(at, '@') && this.#tokens[at]!.first; ) {
      group.push(this.#tokens[at]!.start);
      const from = at;
      while (at < this.#tokens.length && this.#tokens[at]!.kind !== 'newline') at++;
      plain &&= this.#isDottedCall(from + 1, at);
      at++;
    }
    if (plain) return;
    for (const start of group) {
      this.#write(start, '~');
      this.decorators.add(start);
    }
  }

  #isDottedCall(from: number, to: number): boolean {
    let at = from;
    if (this.#tokens[at]?.kind !== 'name' || isKeyword(this.#textOf(at))) return false;
    for (at++; this.#is(at, '.') && this.#tokens[at + 1]?.kind === 'name'; ) at += 2;
    if (at === to) return true;
    if (!this.#is(at, '(')) return false;
    const { depth } = this.#tokens[at]!;
    for (at++; at < to && this.#tokens[at]!.depth > depth; ) at++;
    return at === to - 1;
  }

  /** `case X():`, `case []:`, `case {a.b: c}:` */
  #case(index: number): void {
    const end = this.#head(index);
    if (end === null || end === index + 1) return;
    for (let at = index + 1; at < end; at++) {
      const { start, end: tokenEnd } = this.#tokens[at]!;
      const pair = this.#textOf(at) + this.#textOf(at + 1);
      if (pair === '()' || pair === '[]' || pair === '{}') {
        const gap = ' '.repeat(this.#tokens[at + 1]!.end - start - 2);
        const isClass = pair === '()' && this.#tokens[at - 1]!.kind === 'name' && at - 1 > index && !isKeyword(this.#textOf(at - 1));
        this.#write(start, (isClass ? '._' : ' 0') + gap);
      } else if (this.#is(at, '.') && this.#isKey(at)) {
        this.#write(start, ' '.repeat(tokenEnd - start + (this.#tokens[at + 1]!.end - tokenEnd)));
      }
    }
  }

  /** Whether the `.name` at `index` is part of a mapping pattern's key. */
  #isKey(index: number): boolean {
    const { depth } = this.#tokens[index]!;
    if (depth === 0 || this.#tokens[index + 1]?.kind !== 'name') return false;
    let at = index;
    while (this.#is(at, '.') && this.#tokens[at + 1]?.kind === 'name') at += 2;
    return this.#is(at, ':') && this.#tokens[at]!.depth === depth;
  }

  /** `match a, b:` */
  #match(index: number): void {
    const end = this.#head(index);
    if (end === null || this.#tokens[end + 1]?.kind !== 'newline' || !this.#is(end + 2, 'case') || end === index + 1) return;
    const { depth } = this.#tokens[index]!;
    for (let at = index + 2; at < end; at++) {
      if (this.#tokens[at]!.depth !== depth || !this.#is(at, ',')) continue;
      this.#write(this.#tokens[at]!.start, at === end - 1 ? ' ' : '|');
    }
  }
}
