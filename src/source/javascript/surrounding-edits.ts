/**
 * Makes a copy speak of the user's file: `import.meta`, `__dirname`, `__filename`, `require` and computed `import()`.
 * Each use is written over in place by a name that is no longer, and what the names stand for is declared at the very end of
 * the module, where imports and functions are hoisted from: no line or column moves.
 */
import { overwrite, type Edit } from './edits';
import type { ModuleFacts, SurroundingUse } from './module-facts';

/** Where the user's file is. */
export interface Place {
  /** Absolute, as Node would give it in `__filename`. */
  readonly file: string;
  readonly directory: string;
  readonly url: string;
}

export interface Surroundings {
  readonly edits: readonly Edit[];
  /** Declarations for the end of the module. */
  readonly tail: string;
}

/** @param commonJs whether an ES module may use `require` and its like, as in TypeScript that is made for CommonJS */
export function surroundingsOf(facts: ModuleFacts, format: 'esm' | 'cjs', place: Place, commonJs: boolean): Surroundings {
  const prefix = freshPrefix(facts.text);
  return format === 'esm' ? forEsm(facts, place, prefix, commonJs) : forCommonJs(facts, place, prefix);
}

/** Four characters that stand nowhere in the text, to start names of our own with. */
export function freshPrefix(text: string): string {
  let prefix = '__cw';
  for (let i = 0; text.includes(prefix); i++) prefix = `_${i.toString(36).padStart(3, '_')}`;
  return prefix;
}

function forEsm(facts: ModuleFacts, place: Place, prefix: string, commonJs: boolean): Surroundings {
  const { text } = facts;
  const edits: Edit[] = [];
  const imported = new Set<string>();
  let tail = '';
  for (const use of facts.surroundings) {
    if (use.what === 'import.meta') {
      edits.push(overwrite(text, use.range, `${prefix}M`));
      imported.add(`meta as ${prefix}M`);
    } else if (use.what === 'import()') {
      edits.push(overwrite(text, use.range, `${prefix}I`));
      imported.add(`resolve as ${prefix}A`);
      tail = importFunction(prefix);
    } else if (commonJs) imported.add(use.what);
  }
  // `import x = require()` in an ES module.
  if (facts.requests.some((it) => it.kind === 'import-equals' && !it.typeOnly)) imported.add('require');
  if (commonJs && facts.requests.some((it) => it.kind === 'require')) imported.add('require');
  if (imported.size === 0) return { edits, tail };
  return { edits, tail: `${tail}import{${[...imported].join(',')}}from${JSON.stringify(esmModule(place))};` };
}

function forCommonJs(facts: ModuleFacts, place: Place, prefix: string): Surroundings {
  const { text } = facts;
  const edits: Edit[] = [];
  const used = new Set<SurroundingUse['what']>();
  for (const use of facts.surroundings) {
    const name = commonJsNames[use.what];
    if (name === null) continue;
    used.add(use.what);
    const call = prefix + name;
    edits.push(overwrite(text, use.range, use.shorthand ? `${use.what}:${call}` : call));
  }
  const needsRequire = used.has('require') || used.has('import()');
  const tail = [
    used.has('__dirname') ? `function ${prefix}D(){return ${JSON.stringify(place.directory)}}` : '',
    used.has('__filename') ? `function ${prefix}F(){return ${JSON.stringify(place.file)}}` : '',
    needsRequire
      ? `function ${prefix}R(){return ${prefix}R.own??=require("node:module").createRequire(${JSON.stringify(place.file)})}`
      : '',
    used.has('import()')
      ? `${importFunction(prefix)}function ${prefix}A(s){return(${resolver('require("node:module")', 'require("node:url")', `${prefix}R()`, place)})(s)}`
      : '',
  ];
  return { edits, tail: tail.join('') };
}

const commonJsNames: Record<SurroundingUse['what'], string | null> = {
  __dirname: 'D()',
  __filename: 'F()',
  require: 'R()',
  'import()': 'I',
  module: null,
  'import.meta': null,
};

/** `import()` of a computed name, resolved from the user's file. */
function importFunction(prefix: string): string {
  return `function ${prefix}I(s,o){return import(${prefix}A(s),o)}`;
}

/** A module in a URL that tells an ES module where it is; it has no imports but Node's own. */
function esmModule(place: Place): string {
  const { file, directory, url } = place;
  const code = [
    'import*as m from"node:module";import*as u from"node:url";',
    `export const __filename=${JSON.stringify(file)},__dirname=${JSON.stringify(directory)},require=m.createRequire(__filename);`,
    'export const module={exports:{},id:__filename,filename:__filename,path:__dirname,loaded:false,children:[],paths:[],require};',
    `export const resolve=${resolver('m', 'u', 'require', place)};`,
    `export const meta=Object.assign(Object.create(null),{dirname:__dirname,filename:__filename,url:${JSON.stringify(url)},resolve});`,
  ];
  return `data:text/javascript,${encodeURIComponent(code.join(''))}`;
}

/** Code of a function from a specifier to a URL, as seen from the user's file; packages by the conditions of `require`. */
function resolver(module: string, urls: string, require: string, { url }: Place): string {
  return (
    `s=>{s=String(s);if(${module}.isBuiltin(s))return s;if(/^\\.{0,2}\\//.test(s))return new URL(s,${JSON.stringify(url)}).href;` +
    `if(/^[a-z][a-z\\d+.-]+:/i.test(s))return s;return ${urls}.pathToFileURL(${require}.resolve(s)).href}`
  );
}
