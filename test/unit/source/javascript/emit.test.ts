import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { draftModule, finish, isTranspiled, type Emission } from '../../../../src/source/javascript/emit';
import { parse } from '../../../../src/source/javascript/parse';
import { scanModule } from '../../../../src/source/javascript/scan';

/** A linker that finds everything and changes nothing. */
const asIs: Emission = {
  format: 'esm',
  place: { file: '/p/a.ts', directory: '/p', url: 'file:///p/a.ts' },
  shownAs: 'file:///p/a.ts',
  decisions: { isMade: () => true, specifier: () => null, exists: () => true, isValueExport: () => true, isUsed: () => true, keepsEmpty: true },
  settings: {},
  commonJs: false,
  jsxRuntime: null,
};

function emit(text: string, emission: Partial<Emission> = {}, file = '/p/a.ts') {
  const source = parse(file, text);
  assert(source.ok);
  const { facts, blanked } = scanModule(source.value);
  const how = { ...asIs, ...emission };
  return { text: finish(draftModule(facts, how, blanked)), mapped: isTranspiled(facts, how) };
}

/** The part of a copy that is the user's. */
const body = (text: string, emission?: Partial<Emission>, file?: string): string => emit(text, emission, file).text.slice(0, text.length);

function sourceFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((it) => {
    const file = path.join(folder, it.name);
    return it.isDirectory() ? sourceFiles(file) : /\.ts$/.test(it.name) ? [file] : [];
  });
}

describe('copies of modules', () => {
  it('keep every character of this project in its place, or leave it out', function () {
    this.timeout(60_000);
    let blanked = 0;
    for (const file of sourceFiles('src')) {
      const text = fs.readFileSync(file, 'utf8');
      const { text: copy, mapped } = emit(text);
      if (mapped) continue;
      blanked++;
      for (let i = 0; i < text.length; i++) {
        const [was, is] = [text[i]!, copy[i]!];
        if (was === is) continue;
        const same = (is === ' ' && !/[\r\n]/.test(was)) || is === ';' || is === '(' || is === ')' || copy.slice(i - 9, i + 9).includes('__cw');
        assert(same, `${file}:${text.slice(0, i).split('\n').length}: ${JSON.stringify(was)} became ${JSON.stringify(is)}`);
      }
    }
    assert(blanked > 50, `only ${blanked} files`);
  });

  it('leave JavaScript as it is', () => {
    const text = '#!/usr/bin/env node\n"use strict";\nconst a = 1; // no end';
    assert.equal(emit(text, { format: 'cjs', shownAs: '/p/a.js' }, '/p/a.js').text, `${text}\n\n//# sourceURL=/p/a.js`);
  });

  it('put what they add behind a comment that has no end of its own', () => {
    const { text } = emit('f() // end', { last: 'last();', imports: 'import "x";' });
    assert.equal(text, 'f() // end\nlast();import "x";\n//# sourceURL=file:///p/a.ts');
  });

  it('name import.meta without moving anything', () => {
    assert.equal(body('f(import.meta.url, 1)'), 'f(__cwM      .url, 1)');
    assert.equal(body('f(import\n .meta.url, 1)'), 'f(__cwM \n      .url, 1)');
    assert.equal(body('const __cw = import.meta'), 'const __cw = ___0M      ');
  });

  it('name what CommonJS gives without moving anything', () => {
    const cjs = { format: 'cjs' } as const;
    const text = 'f(__dirname, __filename, require.resolve("x"), require(x), 1)';
    assert.equal(body(text, cjs, '/p/a.cjs'), 'f(__cwD()  , __cwF()   , __cwR().resolve("x"), __cwR()(x), 1)');
    for (const own of ['function f(__dirname) { return __dirname }', 'const __dirname = 1; f(__dirname)', 'f.__dirname; ({ __dirname: 1 })', 'define(function (require) { require("x")(require) })']) {
      assert.equal(body(own, cjs, '/p/a.cjs'), own);
    }
  });

  it('rewrite specifiers, and nothing behind them on other lines', () => {
    const decisions = { ...asIs.decisions, specifier: () => ({ text: 'file:///cache/"b".mjs' }) };
    const lines = emit('import b from \'./b\';\nb()', { decisions }).text.split('\n');
    assert.deepEqual(lines.slice(0, 2), ['import b from "file:///cache/\\"b\\".mjs";', 'b()']);
  });

  it('say why lines move, and only then', () => {
    assert.equal(emit('enum E { A }').mapped, true);
    assert.equal(emit('const x = <T,>(y: T): T => y as T;').mapped, false);
    assert.equal(emit('class C { x: any }', { settings: { target: 'ES2021' } }).mapped, true);
    assert.equal(emit('class C { x: any }', { settings: { target: 'ES2022' } }).mapped, false);
    assert.equal(emit('class C { x: any }', { settings: { target: 'ES2021', useDefineForClassFields: true } }).mapped, false);
    assert.equal(emit('declare enum E { A }\ndeclare namespace N { const x: 1 }\nnamespace M { export type T = 1 }').mapped, false);
  });

  it('map to the user’s file by an absolute URL', () => {
    const { text } = emit('enum E { A }', { place: { file: '/p/a b.ts', directory: '/p', url: 'file:///p/a%20b.ts' } });
    const map = JSON.parse(Buffer.from(text.slice(text.lastIndexOf('base64,') + 7), 'base64').toString()) as { sourceRoot: string; sources: string[] };
    assert.equal(map.sourceRoot + map.sources.join(), 'file:///p/a%20b.ts');
  });
});
