/**
 * What linking found out, kept in a file beside the copies: after a restart, an unchanged project is neither scanned nor compiled
 * again. Facts are known by a digest of their text, copies by their name and length; nothing here can be out of date.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { ExportedAs, ModuleFacts, ModuleRequest } from '../../source/javascript/module-facts';
import type { CopyStore } from './copy-store';
import type { KnownFacts, SourceCache } from './sources';

/** So many facts and copies of earlier links are kept beside those of the last one. */
const spareEntries = 500;

export class LinkMemory {
  #facts: ReadonlyMap<string, KnownFacts> = new Map();
  /** Lengths by file name. */
  #copies: ReadonlyMap<string, number> = new Map();

  private constructor(
    private readonly store: CopyStore,
    private readonly file: string,
  ) {}

  /** Read once in the life of a cache. @param entry the file whose functions are linked; each has a memory of its own */
  static of(entry: string, store: CopyStore, cache: SourceCache): LinkMemory {
    const file = store.place(entry, '.memory.json', [maker()]);
    let memory = cache.memories.get(file);
    if (!memory) {
      cache.memories.set(file, (memory = new LinkMemory(store, file)));
      memory.#read();
      for (const it of memory.#facts.values()) cache.recall(it);
      for (const [name, bytes] of memory.#copies) cache.copies.set(path.join(store.folder, name), bytes);
    }
    return memory;
  }

  /** Takes what a link used or made, for the next life; best effort. */
  keep(facts: readonly KnownFacts[], copies: ReadonlyMap<string, number>): void {
    this.#facts = latest(this.#facts, facts.map((it) => [it.digest, it]));
    this.#copies = latest(this.#copies, [...copies].map(([file, bytes]) => [path.basename(file), bytes]));
    const body = JSON.stringify({ facts: [...this.#facts.values()].map(packed), copies: [...this.#copies] });
    this.store.write(this.file, `${digest(body)}\n${body}`);
  }

  #read(): void {
    try {
      const text = fs.readFileSync(this.file, 'utf8');
      const end = text.indexOf('\n');
      const body = text.slice(end + 1);
      if (digest(body) !== text.slice(0, end)) return;
      const { facts, copies } = JSON.parse(body) as { facts: Packed[]; copies: [string, number][] };
      this.#facts = new Map(facts.map((it) => [it.digest, unpacked(it)]));
      this.#copies = new Map(copies);
    } catch {
      // The first link of this file, or somebody cleared the folder.
    }
  }
}

/** `last` at the end, and of the others as many as are spare. */
function latest<Value>(all: ReadonlyMap<string, Value>, last: readonly (readonly [string, Value])[]): Map<string, Value> {
  const fresh = new Map(last);
  const others = [...all].filter(([key]) => !fresh.has(key)).slice(-spareEntries);
  return new Map([...others, ...fresh]);
}

let made: string | undefined;

/** Another build of ours may find out other things, and write other copies. */
export function maker(): string {
  if (made === undefined) {
    const { size, mtimeMs } = fs.statSync(__filename);
    made = `${ts.version}|${size}|${mtimeMs}`;
  }
  return made;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Facts as JSON: no text, and requests by their number. */
interface Packed extends Omit<KnownFacts, 'text' | 'exports' | 'names'> {
  readonly names: readonly string[];
  readonly exports: {
    readonly names: readonly (readonly [string, PackedExport])[];
    readonly stars: readonly number[];
    readonly entries: ModuleFacts['exports']['entries'];
  };
}

type PackedExport = Exclude<ExportedAs, { readonly kind: 'import' }> | { readonly kind: 'import'; readonly request: number; readonly imported: string };

function packed({ text: _, exports, names, ...facts }: KnownFacts): Packed {
  const numberOf = (request: ModuleRequest): number => facts.requests.indexOf(request);
  return {
    ...facts,
    names: [...names],
    exports: {
      names: [...exports.names].map(([name, as]) => [name, as.kind === 'import' ? { ...as, request: numberOf(as.request) } : as] as const),
      stars: exports.stars.map(numberOf),
      entries: exports.entries,
    },
  };
}

/** The text is the reader's, who knows it by its digest. */
function unpacked({ exports, names, ...facts }: Packed): KnownFacts {
  const request = (at: number): ModuleRequest => facts.requests[at]!;
  return {
    ...facts,
    text: '',
    names: new Set(names),
    exports: {
      names: new Map(exports.names.map(([name, as]) => [name, as.kind === 'import' ? { ...as, request: request(as.request) } : as])),
      stars: exports.stars.map(request),
      entries: exports.entries,
    },
  };
}
