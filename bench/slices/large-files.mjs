/** What becomes of files that are larger than people write them. */
import { digits } from '../lib/report.mjs';
import { median } from '../lib/rounds.mjs';

/** @returns rows: what file, what happened, ms */
export async function largeFiles({ parse, readFunctions, sliceFunction }) {
  const read = (name, text) => {
    const startedAt = performance.now();
    const source = parse(name, text);
    const functions = source.ok ? readFunctions(source.value) : source;
    return { functions, ms: performance.now() - startedAt };
  };
  const declines = (what, text) => {
    const { functions, ms } = read('/bench/large.ts', text);
    return [what, functions.ok ? 'is read' : `declines: ${functions.error.code}`, digits(ms)];
  };

  const text = fiveThousandLines();
  const first = read('/bench/long.ts', text);
  const [head, ...others] = first.functions.value.functions;
  const timed = (located) => {
    const startedAt = performance.now();
    const sliced = sliceFunction(located);
    if (!sliced.ok) throw new Error(`${located.found.name}: ${sliced.error.message}`);
    return performance.now() - startedAt;
  };
  const cold = first.ms + timed(head);
  const warm = others.filter((it) => !it.found.refusal).map(timed);
  // What an editor asks for after each key: the changed text read and its functions found, the function under the cursor sliced.
  const edited = read('/bench/long.ts', `${text}// edited\n`);
  const again = edited.ms + timed(edited.functions.value.functions.at(-1));
  const lines = text.split('\n').length - 1;
  return [
    [`${lines} lines of TypeScript, cold`, 'is read, the first function sliced', digits(cold)],
    [`${lines} lines, edited`, 'is read again, a function sliced', digits(again)],
    [`${lines} lines, warm`, `${warm.length} more sliced, p50`, digits(median(warm))],
    [`${lines} lines, warm`, 'the slowest of them', digits(Math.max(...warm))],
    declines('9 MB of code', 'export const f = (n: number): number => n + 1;\n'.repeat(200_000)),
    declines('a line of 5 MB', `export const table = [${'1234567890,'.repeat(480_000)}];`),
  ];
}

/** Code as it is written: classes, tables, helpers that use each other, a few effects. */
function fiveThousandLines() {
  let text = "import fs from 'node:fs';\nimport { join, resolve } from 'node:path';\n";
  for (let i = 0; text.split('\n').length < 5000; i++) {
    text += `
interface Item${i} { readonly n: number; readonly name: string }
const table${i} = new Map<string, number>();
for (const [key, value] of Object.entries({ a: ${i}, b: 2 })) {
  table${i}.set(key, value);
}

/** Adds a few things up. */
export function sum${i}(items: readonly Item${i}[], most = ${i + 1}): number {
  let sum = 0;
  for (const { n, name } of items) {
    if (n > most) throw new RangeError(\`\${name}: \${n}\`);
    sum += table${i}.get(name) ?? ${i === 0 ? 'n' : `sum${i - 1}([{ n, name }])`};
  }
  return sum;
}

export class Store${i} {
  static count = 0;
  readonly #items: Item${i}[] = [];
  add(item: Item${i}): this {
    this.#items.push(item);
    Store${i}.count++;
    return this;
  }
  total(): number {
    return sum${i}(this.#items, Infinity);
  }
}

const load${i} = (name: string): Item${i}[] => JSON.parse(fs.readFileSync(join(resolve('.'), name), 'utf8')) as Item${i}[];
if (process.argv[2] === 'main${i}') console.log(load${i}('x').length);
`;
  }
  return text;
}
