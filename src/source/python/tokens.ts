/** Python's tokens, whatever state the text is in: enough to know what is a string, a bracket, the end of a statement. */

export type TokenKind = 'name' | 'number' | 'string' | 'operator' | 'newline';

export interface Token {
  readonly kind: TokenKind;
  /** UTF-16 offsets, `[start, end)`. The tokens of an f-string's replacement fields follow the token of the string. */
  readonly start: number;
  readonly end: number;
  /** Open brackets around it; those of a replacement field count too. */
  readonly depth: number;
  /** Whether it is the first of its logical line. */
  readonly first: boolean;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** Brackets without a partner. */
  readonly unmatched: readonly number[];
  /** Where strings begin that do not end. */
  readonly openStrings: readonly number[];
  /** Backslashes right before a replacement field. */
  readonly slashes: readonly number[];
  /** The most brackets that are open at once. */
  readonly depth: number;
}

interface Quoting {
  readonly quotes: string;
  readonly formatted: boolean;
  readonly raw: boolean;
}

const space = /[ \t\f]*(?:\\(?:\r\n|[\r\n])[ \t\f]*)*/y;
const name = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y;
const number = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;
const stringStart = /(?:[bB][rR]?|[rR][bB]?|[uU]|[fFtT][rR]?|[rR][fFtT])?("""|'''|"|')/y;
const operator = /\*\*=?|\/\/=?|>>=?|<<=?|->|:=|\.\.\.|[+\-*/%@&|^=!<>]=|[^]/y;
/** Words that begin a statement and stand nowhere else: with one of them first on its line, a bracket before it was not closed. */
const statementWord = /(?:def|class|return|raise|import|del|pass|break|continue|global|nonlocal|assert|while|try|except|finally|with|elif|async[ \t]+(?:def|with))\b(?![ \t]*=[^=])/y;

const lineBreak = (code: number): boolean => code === 10 || code === 13;

export function tokenize(text: string): Tokens {
  const tokenizer = new Tokenizer(text);
  tokenizer.run();
  const { tokens, unmatched, openStrings, slashes, depth } = tokenizer;
  return { tokens, unmatched, openStrings, slashes, depth };
}

class Tokenizer {
  readonly tokens: Token[] = [];
  readonly unmatched: number[] = [];
  readonly openStrings: number[] = [];
  readonly slashes: number[] = [];
  depth = 0;
  readonly #open: number[] = [];
  #at = 0;
  #first = true;

  constructor(readonly text: string) {}

  run(): void {
    while (this.#at < this.text.length) {
      if (this.#first || this.#afterBreak()) this.#unclosed(0);
      this.#next(0);
    }
    this.#unclosed(0, true);
    if (!this.#first) this.#add('newline', this.text.length, this.text.length);
  }

  #afterBreak(): boolean {
    return this.#at > 0 && lineBreak(this.text.charCodeAt(this.#at - 1));
  }

  /** Closes what a statement's first word shows to be open by mistake. */
  #unclosed(floor: number, always = false): void {
    if (this.#open.length <= floor) return;
    if (!always) {
      const start = this.#match(space);
      if (this.#peek(statementWord, this.#at + start) === 0) return;
      this.#at += start;
    }
    this.unmatched.push(...this.#open.splice(floor));
    if (!this.#first && !always) this.#add('newline', this.#at, this.#at);
    this.#first = true;
  }

  /** @param floor open brackets that may not be closed here: those around a replacement field */
  #next(floor: number): void {
    const { text } = this;
    this.#at += this.#match(space);
    const start = this.#at;
    if (start >= text.length) return;
    const code = text.charCodeAt(start);
    if (lineBreak(code)) return this.#lineBreak(code);
    if (code === 35) return void (this.#at = this.#lineEnd(start));
    const quotes = this.#stringStart(start);
    if (quotes) return this.#string(start, quotes);
    let length = this.#peek(name, start);
    if (length > 0) return this.#take('name', length);
    if ((code >= 48 && code <= 57) || code === 46) {
      length = this.#peek(number, start);
      if (length > 0) return this.#take('number', length);
    }
    this.#operator(this.#peek(operator, start), floor);
  }

  #lineBreak(code: number): void {
    const start = this.#at;
    this.#at += code === 13 && this.text.charCodeAt(start + 1) === 10 ? 2 : 1;
    if (this.#open.length > 0 || this.#first) return;
    this.#add('newline', start, this.#at);
    this.#first = true;
  }

  #operator(length: number, floor: number): void {
    const { text } = this;
    const sign = text[this.#at]!;
    if (length === 1 && '([{'.includes(sign)) {
      this.#take('operator', 1);
      this.depth = Math.max(this.depth, this.#open.push(this.#at - 1));
    } else if (length === 1 && ')]}'.includes(sign)) {
      this.#close(sign, floor);
      this.#take('operator', 1);
    } else this.#take('operator', length);
  }

  #close(sign: string, floor: number): void {
    const wanted = '([{'[')]}'.indexOf(sign)]!;
    let index = this.#open.length - 1;
    while (index >= floor && this.text[this.#open[index]!] !== wanted) index--;
    if (index < floor) return void this.unmatched.push(this.#at);
    this.unmatched.push(...this.#open.splice(index + 1));
    this.#open.pop();
  }

  #stringStart(start: number): { readonly quotes: string; readonly length: number; readonly prefix: string } | null {
    const code = this.text.charCodeAt(start);
    if (code !== 34 && code !== 39 && !/[bruftBRUFT]/.test(this.text[start]!)) return null;
    stringStart.lastIndex = start;
    const found = stringStart.exec(this.text);
    return found && { quotes: found[1]!, length: found[0].length, prefix: found[0].slice(0, -found[1]!.length) };
  }

  #string(start: number, { quotes, length, prefix }: { quotes: string; length: number; prefix: string }): void {
    const index = this.tokens.length;
    this.#add('string', start, start);
    this.#at = start + length;
    this.#stringRest({ quotes, formatted: /[ft]/i.test(prefix), raw: /r/i.test(prefix) }, false);
    if (this.#at < start + length + quotes.length || !this.text.startsWith(quotes, this.#at - quotes.length)) this.openStrings.push(start);
    this.tokens[index] = { ...this.tokens[index]!, end: this.#at };
  }

  /** To the end of a string's text, or of a format specification, which ends before a `}`. */
  #stringRest(how: Quoting, specification: boolean): void {
    const { text } = this;
    const { quotes, formatted } = how;
    const long = quotes.length === 3;
    while (this.#at < text.length) {
      const sign = text[this.#at]!;
      if (text.startsWith(quotes, this.#at)) {
        if (!specification) this.#at += quotes.length;
        return;
      }
      if (sign === '\\') this.#backslash(how);
      else if (!long && lineBreak(text.charCodeAt(this.#at))) return;
      else if (specification && sign === '}') return;
      else if (formatted && sign === '{' && (specification || text[this.#at + 1] !== '{')) this.#field(how);
      else this.#at += formatted && sign === '{' ? 2 : 1;
    }
    this.#at = Math.min(this.#at, text.length);
  }

  /** Braces cannot be escaped, but are part of `\N{NAME}`. */
  #backslash({ formatted, raw }: Quoting): void {
    const next = this.text[this.#at + 1];
    if (formatted && !raw && next === 'N' && this.text[this.#at + 2] === '{') {
      const end = this.text.indexOf('}', this.#at);
      this.#at = end < 0 || end > this.#lineEnd(this.#at) ? this.#at + 2 : end;
    } else if (formatted && next === '{') {
      if (this.text[this.#at + 2] !== '{') this.slashes.push(this.#at);
      this.#at += 1;
    } else this.#at += next === '\r' && this.text[this.#at + 2] === '\n' ? 3 : 2;
  }

  /** `{expression!r:specification}` */
  #field(how: Quoting): void {
    const { text } = this;
    const { quotes } = how;
    const floor = this.#open.length;
    this.#take('operator', 1);
    this.#open.push(this.#at - 1);
    while (this.#at < text.length && this.#open.length > floor) {
      const within = this.#open.length === floor + 1;
      const sign = text[this.#at]!;
      // A quote that ends the string ends a field that somebody is still typing.
      if (text.startsWith(quotes, this.#at) && within && this.#closesLine(quotes)) break;
      if (quotes.length === 1 && lineBreak(text.charCodeAt(this.#at))) break;
      if (within && sign === ':' ) {
        this.#at += 1;
        this.#stringRest(how, true);
        if (text[this.#at] !== '}') break;
      } else if (within && sign === '!' && text[this.#at + 1] !== '=') this.#at += 1;
      else this.#next(floor);
    }
    if (this.#open.length > floor) this.#open.length = floor;
  }

  /** Whether no `}` follows on the line, so that the quote can only be the string's end. */
  #closesLine(quotes: string): boolean {
    return !this.text.slice(this.#at + quotes.length, this.#lineEnd(this.#at)).includes('}');
  }

  #lineEnd(from: number): number {
    let end = from;
    while (end < this.text.length && !lineBreak(this.text.charCodeAt(end))) end++;
    return end;
  }

  #take(kind: TokenKind, length: number): void {
    this.#add(kind, this.#at, this.#at + length);
    this.#at += length;
  }

  #add(kind: TokenKind, start: number, end: number): void {
    this.tokens.push({ kind, start, end, depth: this.#open.length, first: this.#first });
    this.#first = false;
  }

  #match = (pattern: RegExp): number => this.#peek(pattern, this.#at);

  #peek(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0].length ?? 0;
  }
}
