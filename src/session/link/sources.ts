/** The user's files as they are now: unsaved text first, then the disk. What was found out about a text is kept with it. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { err, ok, type Result } from '../../base/result';
import type ts from 'typescript';
import { readFunctions, type ReadFile } from '../../source/javascript/find';
import type { Refusal } from '../../source/found-function';
import { blankTypes } from '../../source/javascript/blank';
import { bounded, parse, syntaxFault } from '../../source/javascript/parse';
import { scanModule } from '../../source/javascript/scan';
import type { ModuleFacts } from '../../source/javascript/module-facts';
import { refused, syntaxError, unreadable } from './link-errors';
import type { LinkMemory } from './link-memory';
import type { LinkError } from './linked-module';

/** Facts, and what stands for the text that they are of in names and lists. */
export interface KnownFacts extends ModuleFacts {
  readonly digest: string;
}

interface Kept {
  readonly text: string;
  readonly digest: string;
  /** The tree, where functions were asked for: most files are scanned once, and then need none. */
  source?: Result<ts.SourceFile, Refusal>;
  functions?: Result<ReadFile, Refusal>;
  facts?: Result<KnownFacts, LinkError>;
}

/** At most this many texts are kept; the one that was not used for longest goes first. */
const keptLimit = 5000;

/** Kept over many links, by path and content. */
export class SourceCache {
  readonly #kept = new Map<string, Kept>();
  /** Facts from an earlier life, by digest. */
  readonly #recalled = new Map<string, KnownFacts>();
  /** Texts with their types blanked, by digest. */
  readonly #blanked = new Map<string, string | null>();
  /** Lengths of the copies that were written, in bytes, by file. */
  readonly copies = new Map<string, number>();
  /** What links of earlier lives kept, by the file that they linked. */
  readonly memories = new Map<string, LinkMemory>();

  /** The functions of a text, found once. */
  functions(path: string, text: string): Result<ReadFile, Refusal> {
    const kept = this.#of(`${path}\0file`, text, digestOf(path, text));
    return (kept.functions ??= functionsOf((kept.source ??= parse(path, text))));
  }

  /**
   * @param onScan called where the text had to be read for it
   * @param used names that are used beside the text's own uses
   * @param role tells texts apart that are made of one file: each has one that is kept
   */
  facts(path: string, text: string, onScan: () => void, used?: ReadonlySet<string>, role = 'file'): Result<KnownFacts, LinkError> {
    const kept = this.#of(`${path}\0${role}`, text, digestOf(path, text, used));
    return (kept.facts ??= this.#recall(kept) ?? this.#scan(path, kept, onScan, used));
  }

  /** The text with its types blanked; `null` where it has to be transpiled. */
  blanked({ path, text, digest, erasable }: KnownFacts): Result<string | null, LinkError> {
    const known = erasable ? this.#blanked.get(digest) : null;
    if (known !== undefined) return ok(known);
    const source = parse(path, text);
    const blanked = source.ok ? bounded(() => blankTypes(source.value)) : source;
    if (!blanked.ok) return err(refused(path, blanked.error));
    put(this.#blanked, digest, blanked.value);
    return blanked;
  }

  recall(facts: KnownFacts): void {
    put(this.#recalled, facts.digest, facts);
  }

  #recall({ digest, text }: Kept): Result<KnownFacts, LinkError> | null {
    const facts = this.#recalled.get(digest);
    this.#recalled.delete(digest);
    return facts ? ok({ ...facts, text }) : null;
  }

  #scan(path: string, kept: Kept, onScan: () => void, used?: ReadonlySet<string>): Result<KnownFacts, LinkError> {
    onScan();
    const source = kept.source ?? parse(path, kept.text);
    if (!source.ok) return err(refused(path, source.error));
    const fault = syntaxFault(source.value);
    if (fault) return err(syntaxError(path, fault.line, fault.message));
    const scanned = bounded(() => scanModule(source.value, used));
    if (!scanned.ok) return err(refused(path, scanned.error));
    const { facts, blanked } = scanned.value;
    put(this.#blanked, kept.digest, blanked);
    return ok({ ...facts, digest: kept.digest });
  }

  #of(key: string, text: string, digest: string): Kept {
    const known = this.#kept.get(key);
    const kept = known?.digest === digest ? known : { text, digest };
    put(this.#kept, key, kept);
    return kept;
  }
}

/** Puts an entry last, and lets go of the first where there are too many. */
function put<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > keptLimit) map.delete(map.keys().next().value!);
}

function digestOf(path: string, text: string, used: ReadonlySet<string> = new Set()): string {
  const hash = createHash('sha256');
  for (const it of [path, [...used].sort().join(), text]) hash.update(`${it.length}:`).update(it);
  return hash.digest('base64url').slice(0, 32);
}

function functionsOf(source: Result<ts.SourceFile, Refusal>): Result<ReadFile, Refusal> {
  return source.ok ? readFunctions(source.value) : source;
}

/** The texts of one link. */
export class Sources {
  /** How many texts had to be read for their facts. */
  scanned = 0;

  /** @param unsaved by real path */
  constructor(
    readonly cache: SourceCache,
    readonly unsaved: ReadonlyMap<string, string>,
  ) {}

  read(path: string): Result<string, LinkError> {
    const text = this.unsaved.get(path);
    return text === undefined ? readText(path) : ok(text);
  }

  facts(path: string): Result<KnownFacts, LinkError> {
    const text = this.read(path);
    return text.ok ? this.cache.facts(path, text.value, this.#count) : text;
  }

  /** Of a text that is made from a file's; code that is added to it uses the names `used`. */
  factsOf(role: 'slice' | 'whole' | 'inputs', path: string, text: string, used?: ReadonlySet<string>): Result<KnownFacts, LinkError> {
    return this.cache.facts(path, text, this.#count, used, role);
  }

  readonly #count = (): void => {
    this.scanned++;
  };
}

/** A file's text without its byte order mark, as editors count it. */
export function readText(path: string): Result<string, LinkError> {
  try {
    return ok(fs.readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (fault) {
    return err(unreadable(path, fault));
  }
}

/** The path that Node would know a file by; the path itself where the file is not on the disk. */
export function realPath(path: string): string {
  try {
    return fs.realpathSync.native(path);
  } catch {
    return path;
  }
}
