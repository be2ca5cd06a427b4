/** The user's files as they are now: unsaved text first, then the disk. What was made of a text is kept with it. */
import fs from 'node:fs';
import { err, ok, type Result } from '../../base/result';
import type ts from 'typescript';
import { readFunctions, type ReadFile } from '../../source/javascript/find';
import type { Refusal } from '../../source/found-function';
import { bounded, parse, syntaxFault } from '../../source/javascript/parse';
import { scanModule } from '../../source/javascript/scan';
import type { ModuleFacts } from '../../source/javascript/module-facts';
import { refused, syntaxError, unreadable } from './link-errors';
import type { LinkError } from './linked-module';

interface Kept {
  readonly text: string;
  source?: Result<ts.SourceFile, Refusal>;
  functions?: Result<ReadFile, Refusal>;
  facts?: Result<ModuleFacts, LinkError>;
}

/** At most this many files are kept; the one that was not used for longest goes first. */
const keptLimit = 1000;

/** Kept over many links, by path and content. */
export class SourceCache {
  readonly #kept = new Map<string, Kept>();

  /** The functions of a text, found once. */
  functions(path: string, text: string): Result<ReadFile, Refusal> {
    const kept = this.#of(path, text);
    return (kept.functions ??= functionsOf((kept.source ??= parse(path, text))));
  }

  facts(path: string, text: string): Result<ModuleFacts, LinkError> {
    const kept = this.#of(path, text);
    return (kept.facts ??= factsOf(path, (kept.source ??= parse(path, text))));
  }

  /** Of a text with code added to it that uses the names `used`; kept apart from the file's own. */
  factsWith(path: string, text: string, used: ReadonlySet<string>): Result<ModuleFacts, LinkError> {
    const kept = this.#of(`${path}\0with`, text);
    return (kept.facts ??= factsOf(path, parse(path, text), used));
  }

  #of(path: string, text: string): Kept {
    let kept = this.#kept.get(path);
    if (kept?.text !== text) kept = { text };
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    if (this.#kept.size > keptLimit) this.#kept.delete(this.#kept.keys().next().value!);
    return kept;
  }
}

function functionsOf(source: Result<ts.SourceFile, Refusal>): Result<ReadFile, Refusal> {
  return source.ok ? readFunctions(source.value) : source;
}

function factsOf(
  path: string,
  source: Result<ts.SourceFile, Refusal>,
  used?: ReadonlySet<string>,
): Result<ModuleFacts, LinkError> {
  if (!source.ok) return err(refused(path, source.error));
  const fault = syntaxFault(source.value);
  if (fault) return err(syntaxError(path, fault.line, fault.message));
  const facts = bounded(() => scanModule(source.value, used));
  return facts.ok ? facts : err(refused(path, facts.error));
}

/** The texts of one link. */
export class Sources {
  /** @param unsaved by real path */
  constructor(
    readonly cache: SourceCache,
    readonly unsaved: ReadonlyMap<string, string>,
  ) {}

  read(path: string): Result<string, LinkError> {
    const text = this.unsaved.get(path);
    return text === undefined ? readText(path) : ok(text);
  }

  facts(path: string): Result<ModuleFacts, LinkError> {
    const text = this.read(path);
    return text.ok ? this.cache.facts(path, text.value) : text;
  }
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
