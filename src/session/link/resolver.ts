/** From a specifier to a file, as Node and TypeScript together would find it. */
import fs from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CachedInputFileSystem, ResolverFactory, type Resolver as EnhancedResolver } from 'enhanced-resolve';

export type Resolution =
  /** A file of the user's, or one of a package, by its real path. `mapped`: only tsconfig.json's `paths` lead there. */
  | { readonly kind: 'local' | 'external'; readonly path: string; readonly mapped: boolean }
  /** Node's own, or a URL that is no file. */
  | { readonly kind: 'builtin' | 'url' }
  /** Only types: there is nothing to load. */
  | { readonly kind: 'declaration' }
  /** A style sheet, a picture: for bundlers. */
  | { readonly kind: 'asset' }
  /** `why`: what is in the way of looking, such as a broken package.json; empty where there just is no such file. */
  | { readonly kind: 'missing'; readonly why: string };

export type Condition = 'import' | 'require';

/** Remembers what the disk looked like: one for each link. */
export class Resolver {
  #disk: CachedInputFileSystem | null = null;
  #fault = '';
  readonly #resolvers = new Map<string, EnhancedResolver>();

  /** @param candidates what `paths` in tsconfig.json offer */
  resolve(specifier: string, from: string, condition: Condition, candidates: readonly string[]): Resolution {
    if (isBuiltin(specifier)) return { kind: 'builtin' };
    const request = specifier.startsWith('file:') ? filePath(specifier) : specifier;
    if (request === null || /^[a-z][a-z\d+.-]+:/i.test(request)) return { kind: 'url' };
    const folder = path.dirname(from);
    this.#fault = '';
    for (const candidate of candidates) {
      const found = this.#find(candidate.replaceAll('#', '\0#'), folder, from, condition);
      if (found) return { ...classify(found), mapped: true } as Resolution;
    }
    const found = this.#find(request, folder, from, condition);
    if (found) return classify(found);
    return [...candidates, path.resolve(folder, request)].some(hasDeclaration)
      ? { kind: 'declaration' }
      : { kind: 'missing', why: this.#fault };
  }

  /** Looks with the conditions asked for, then with the other ones: an old package may know only `require`. */
  #find(request: string, folder: string, from: string, condition: Condition): string | null {
    const typesFirst = /\.[cm]?tsx?$/.test(from) && /^[./]|^[a-z]:[\\/]/i.test(request);
    return (
      this.#ask(request, folder, condition, typesFirst) ??
      this.#ask(request, folder, condition === 'import' ? 'require' : 'import', typesFirst)
    );
  }

  #ask(request: string, folder: string, condition: Condition, typesFirst: boolean): string | null {
    try {
      const found = this.#resolver(condition, typesFirst).resolveSync({}, folder, request);
      return found ? plainPath(found) : null;
    } catch (fault) {
      const message = (fault as Error).message.split('\n')[0]!;
      if (message.includes('description file')) this.#fault = message.replace(' (directory description file)', '');
      return null;
    }
  }

  #resolver(condition: Condition, typesFirst: boolean): EnhancedResolver {
    const key = `${condition}|${typesFirst}`;
    let resolver = this.#resolvers.get(key);
    if (!resolver) this.#resolvers.set(key, (resolver = this.#make(condition, typesFirst)));
    return resolver;
  }

  #make(condition: Condition, typesFirst: boolean): EnhancedResolver {
    const order = (types: string[], code: string[]): string[] => (typesFirst ? [...types, ...code] : [...code, ...types]);
    return ResolverFactory.createResolver({
      fileSystem: (this.#disk ??= new CachedInputFileSystem(fs, 60_000)),
      useSyncFileSystemCalls: true,
      conditionNames: ['node', 'node-addons', condition],
      mainFields: ['main'],
      extensions: [...order(['.ts', '.tsx', '.mts', '.cts'], ['.js', '.jsx', '.mjs', '.cjs']), '.json', '.node'],
      extensionAlias: {
        '.js': order(['.ts', '.tsx'], ['.js', '.jsx']),
        '.jsx': order(['.tsx'], ['.jsx']),
        '.mjs': order(['.mts'], ['.mjs']),
        '.cjs': order(['.cts'], ['.cjs']),
      },
    });
  }
}

/** A result without its query and fragment; a `#` of the path itself comes escaped with a NUL. */
function plainPath(result: string): string {
  return /^(?:\0.|[^?#\0])*/.exec(result)![0].replace(/\0(.)/g, '$1');
}

function classify(found: string): Resolution {
  if (/\.d\.[cm]?ts$/.test(found)) return { kind: 'declaration' };
  const isCode = /\.(?:[cm]?[jt]s|[jt]sx)$/.test(found);
  // What Node cannot load from a package as it is, we can: TypeScript, JSX, JSON without attributes.
  const isOurs = /\.(?:json|[cm]?ts|tsx|jsx)$/.test(found) || (isCode && !/[\\/]node_modules[\\/]/.test(found));
  if (isOurs) return { kind: 'local', path: found, mapped: false };
  if (isCode || /\.(?:node|wasm)$/.test(found) || path.extname(found) === '')
    return { kind: 'external', path: found, mapped: false };
  return { kind: 'asset' };
}

function hasDeclaration(candidate: string): boolean {
  const stem = candidate.replace(/\.([cm]?)jsx?$/, '');
  return ['.d.ts', '.d.mts', '.d.cts', '/index.d.ts'].some((it) => fs.existsSync(stem + it));
}

function filePath(url: string): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}
