/**
 * What VS Code inserts for a snippet when every tab stop is left at its default: the grammar that our snippets use
 * (tab stops, nested placeholders, mirrors, choices, escapes). Variables are not: a snippet that needs one is refused.
 */
export function expandSnippet(body: readonly string[]): string {
  const parser = new SnippetParser(body.join('\n'));
  const parts = parser.parseUntilEnd();
  return render(parts, parser.defaults);
}

/** Numbers of the tab stops in order of first appearance. */
export function tabStops(body: readonly string[]): number[] {
  const parser = new SnippetParser(body.join('\n'));
  const numbers: number[] = [];
  const visit = (parts: readonly Part[]): void => {
    for (const part of parts) {
      if (typeof part === 'string') continue;
      if (!numbers.includes(part.number)) numbers.push(part.number);
      visit(part.content ?? []);
    }
  };
  visit(parser.parseUntilEnd());
  return numbers;
}

interface Stop {
  readonly number: number;
  /** Absent in `$1` and `${1}`, which mirror the first placeholder of their number. */
  readonly content?: readonly Part[];
}
type Part = string | Stop;

function render(parts: readonly Part[], defaults: ReadonlyMap<number, readonly Part[]>): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : render(part.content ?? defaults.get(part.number) ?? [], defaults)))
    .join('');
}

class SnippetParser {
  /** Content of the first placeholder of each number. */
  readonly defaults = new Map<number, readonly Part[]>();
  #at = 0;

  constructor(private readonly text: string) {}

  parseUntilEnd(): Part[] {
    const parts = this.#parts('');
    if (this.#at < this.text.length) throw this.#fault('unbalanced }');
    return parts;
  }

  /** Parts up to `end` (not consumed) or the end of the text. */
  #parts(end: '}' | ''): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.text.length) {
      const char = this.text[this.#at]!;
      if (char === end) return parts;
      if (char === '\\' && '$}\\'.includes(this.text[this.#at + 1] ?? ' ')) {
        parts.push(this.text[this.#at + 1]!);
        this.#at += 2;
      } else if (char === '$') {
        parts.push(this.#stop());
      } else {
        parts.push(char);
        this.#at++;
      }
    }
    if (end) throw this.#fault('a placeholder is not closed');
    return parts;
  }

  #stop(): Stop {
    const bare = this.#take(/\$(\d+)/y);
    if (bare) return { number: Number(bare[1]) };
    const open = this.#take(/\$\{(\d+)(:|\||\})/y);
    if (!open) throw this.#fault('neither a tab stop nor an escaped $');
    const number = Number(open[1]);
    if (open[2] === '}') return { number };
    const content = open[2] === '|' ? this.#firstChoice() : this.#parts('}');
    if (!this.#take(/\}/y)) throw this.#fault('a tab stop is not closed');
    if (!this.defaults.has(number)) this.defaults.set(number, content);
    return { number, content };
  }

  #firstChoice(): Part[] {
    const choices = this.#take(/((?:\\.|[^|\\])*)\|/y);
    if (!choices) throw this.#fault('a choice is not closed');
    return [choices[1]!.split(/(?<!\\),/)[0]!.replace(/\\([,|\\])/g, '$1')];
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #fault(what: string): Error {
    return new Error(`Snippet: ${what} at "${this.text.slice(this.#at, this.#at + 20)}"`);
  }
}
