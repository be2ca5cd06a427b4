/** What tsconfig.json (or jsconfig.json) says for a file. */
import path from 'node:path';
import {
  createFilesMatcher,
  createPathsMatcher,
  getTsconfig,
  parseTsconfig,
  type PathsMatcher,
  type TsConfigResult,
} from 'get-tsconfig';
import type { ProjectFacts } from '../../rewrite/edit-plan';
import { isTypeScript } from '../../source/javascript/parse';
import type { CompilerSettings } from '../../source/javascript/transpile';

export interface ProjectSettings {
  readonly compiler: CompilerSettings;
  /** How modules are told apart and named, where a tsconfig.json says so. */
  readonly modules?: NonNullable<ProjectFacts['compiler']>;
  /** Absolute paths, possibly without extension, that `paths` and `baseUrl` offer for a specifier, best first. */
  readonly candidates: (specifier: string) => readonly string[];
}

const none: ProjectSettings = { compiler: {}, candidates: () => [] };

/** Settings by file, read anew for each link. */
export class Projects {
  /** Sentences for a person. */
  readonly warnings = new Set<string>();
  /** Absolute paths of the files that were read. */
  readonly files = new Set<string>();
  readonly #cache = new Map<string, never>();
  readonly #byConfig = new Map<string, ProjectSettings>();
  readonly #byFolder = new Map<string, TsConfigResult | null>();

  of(file: string): ProjectSettings {
    const nearest = this.#nearest(file);
    if (!nearest) return none;
    const config = this.#referenced(nearest, file) ?? nearest;
    let settings = this.#byConfig.get(config.path);
    if (!settings)
      this.#byConfig.set(
        config.path,
        (settings = settingsOf(
          config,
          this.#try(() => createPathsMatcher(config)),
        )),
      );
    return settings;
  }

  #nearest(file: string): TsConfigResult | null {
    const folder = path.dirname(file);
    const key = `${folder}|${isTypeScript(file)}`;
    let found = this.#byFolder.get(key);
    if (found === undefined) this.#byFolder.set(key, (found = this.#read(file)));
    if (found) this.files.add(found.path);
    return found;
  }

  #read(file: string): TsConfigResult | null {
    return (
      this.#try(() => getTsconfig(file, 'tsconfig.json', this.#cache)) ??
      (isTypeScript(file) ? null : this.#try(() => getTsconfig(file, 'jsconfig.json', this.#cache)))
    );
  }

  /** A solution file has no files of its own: the project that it refers to and that includes `file` has the settings. */
  #referenced({ path: solution, config }: TsConfigResult, file: string): TsConfigResult | null {
    if (!config.references || config.files?.length !== 0) return null;
    for (const { path: reference } of config.references) {
      const at = path.resolve(path.dirname(solution), reference);
      const configFile = at.endsWith('.json') ? at : path.join(at, 'tsconfig.json');
      const project = this.#try(() => ({ path: configFile, config: parseTsconfig(configFile, this.#cache) }));
      if (!project) continue;
      this.files.add(configFile);
      if (createFilesMatcher(project)(file)) return project;
    }
    return null;
  }

  #try<T>(read: () => T): T | null {
    try {
      return read();
    } catch (fault) {
      this.warnings.add(`A tsconfig.json could not be read and was left out: ${(fault as Error).message}`);
      return null;
    }
  }
}

function settingsOf({ config }: TsConfigResult, matcher: PathsMatcher | null): ProjectSettings {
  const options = config.compilerOptions ?? {};
  return {
    compiler: pick(options as Record<string, unknown>),
    modules: {
      ...(options.module === undefined ? {} : { module: options.module }),
      ...(options.moduleResolution === undefined ? {} : { moduleResolution: options.moduleResolution }),
      ...(options.allowImportingTsExtensions ? { allowImportingTsExtensions: true } : {}),
      ...(options.rewriteRelativeImportExtensions ? { rewriteRelativeImportExtensions: true } : {}),
    },
    candidates: (specifier) => (/^[./]/.test(specifier) ? [] : (matcher?.(specifier) ?? [])),
  };
}

const texts = ['jsx', 'jsxFactory', 'jsxFragmentFactory', 'jsxImportSource', 'target'] as const;
const flags = ['experimentalDecorators', 'emitDecoratorMetadata', 'useDefineForClassFields', 'verbatimModuleSyntax'] as const;

function pick(options: Record<string, unknown>): CompilerSettings {
  const entries = [
    ...texts.filter((it) => typeof options[it] === 'string'),
    ...flags.filter((it) => typeof options[it] === 'boolean'),
  ].map((it) => [it, options[it]]);
  return Object.fromEntries(entries) as CompilerSettings;
}
