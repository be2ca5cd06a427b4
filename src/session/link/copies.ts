/**
 * Copies of the modules that Node could not load as they are. All are named first, by everything that goes into them and
 * into what they import; then those that are not there yet are compiled and written.
 */
import path from 'node:path';
import { err, ok, type Result } from '../../base/result';
import { draftModule, isTranspiled, type Draft, type Emission } from '../../source/javascript/emit';
import { bounded } from '../../source/javascript/parse';
import type { Compile } from './compile';
import type { CopyStore } from './copy-store';
import type { Emissions, Part } from './emissions';
import { refused } from './link-errors';
import { maker } from './link-memory';
import type { LinkError } from './linked-module';
import type { KnownFacts, SourceCache } from './sources';

interface Copy {
  readonly file: string;
  readonly path: string;
  readonly facts: KnownFacts;
  readonly emission: Emission;
  /** Puts the names of the cycle's copies in the place of their stand-ins. */
  readonly named: (text: string) => string;
}

export class Copies {
  readonly #copies = new Map<string, Copy>();

  constructor(
    private readonly store: CopyStore,
    private readonly cache: SourceCache,
  ) {}

  fileOf(key: string): string | undefined {
    return this.#copies.get(key)?.file;
  }

  /** Whether stack traces need source maps. */
  get mapped(): boolean {
    return [...this.#copies.values()].some(({ facts, emission }) => isTranspiled(facts, emission));
  }

  /** Names the copies of one import cycle, or of a single module. Everything else that they ask for was named before. */
  name(parts: readonly Part[], emissions: Emissions): Result<void, LinkError> {
    const sorted = [...parts].sort((a, b) => (a.key < b.key ? -1 : 1));
    const token = freshToken(sorted);
    const cycle = new Map(sorted.map((it, i) => [it.key, `${token}${i}.`]));
    const made: Emission[] = [];
    for (const it of sorted) {
      const emission = emissions.of(it, cycle);
      if (!emission.ok) return emission;
      made.push(emission.value);
    }
    const content = [maker(), ...sorted.flatMap(({ decided: { module } }, i) => [module.facts.digest, fingerprint(module.facts, made[i]!)])];
    const files = sorted.map(({ key, decided: { module } }) => this.store.place(key, module.format === 'esm' ? '.mjs' : '.cjs', content));
    const stand = new RegExp(`${token}(\\d+)\\.`, 'g');
    const named = (text: string): string => text.replaceAll(stand, (_, n: string) => inString(specifierOf(files[Number(n)]!)));
    for (const [i, { key, decided }] of sorted.entries()) {
      const { path: original, facts } = decided.module;
      this.#copies.set(key, { file: files[i]!, path: original, facts, emission: made[i]!, named });
    }
    return ok(undefined);
  }

  /** Compiles and writes what is not there; gives the number of files that were. */
  async write(compile: Compile): Promise<Result<number, LinkError>> {
    const missing = [...this.#copies.values()].filter(({ file }) => !this.store.holds(file, this.cache.copies.get(file)));
    const drafts: Draft[] = [];
    for (const it of missing) {
      const draft = this.#draft(it);
      if (!draft.ok) return draft;
      drafts.push(draft.value);
    }
    const texts = await compile(drafts);
    for (const [i, it] of missing.entries()) {
      const text = texts[i]!;
      if (!text.ok) return err(refused(it.path, text.error));
      const written = this.store.write(it.file, it.named(text.value));
      if (!written.ok) return written;
      this.cache.copies.set(it.file, written.value);
    }
    return ok(missing.length);
  }

  /** Their lengths in bytes, by file. */
  lengths(): ReadonlyMap<string, number> {
    return new Map([...this.#copies.values()].map(({ file }) => [file, this.cache.copies.get(file)!]));
  }

  #draft({ facts, emission, path: original }: Copy): Result<Draft, LinkError> {
    const blanked = isTranspiled(facts, emission) ? ok(null) : this.cache.blanked(facts);
    if (!blanked.ok) return blanked;
    const draft = bounded(() => draftModule(facts, emission, blanked.value));
    return draft.ok ? draft : err(refused(original, draft.error));
  }
}

/** Everything beside the text that a copy is made from. */
function fingerprint({ requests, exports }: KnownFacts, { decisions, ...emission }: Emission): string {
  const asked = requests.map((it) => [
    decisions.isMade(it),
    decisions.specifier(it),
    it.bindings.map((binding) => [decisions.exists(it, binding), decisions.isUsed(binding)]),
  ]);
  const offered = exports.entries.map((it) => decisions.isValueExport(it));
  return JSON.stringify([emission, asked, offered, decisions.keepsEmpty]);
}

/** A word that no text of the cycle has in it, to stand for names that are not known yet. */
function freshToken(parts: readonly Part[]): string {
  for (let i = 0; ; i++) {
    const token = `cw-cycle-${i}-`;
    if (!parts.some((it) => it.decided.module.facts.text.includes(token))) return token;
  }
}

/** Copies lie beside each other: a relative name will do for both `import` and `require`. */
const specifierOf = (file: string): string => `./${path.basename(file)}`;
const inString = (text: string): string => JSON.stringify(text).slice(1, -1);
