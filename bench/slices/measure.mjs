/** Slices every function of a file, judges each slice, and takes the times. */
import { readFileSync } from 'node:fs';
import { boundNames, faultOf } from './judge.mjs';

/** So many slices are judged until one is judged again with something taken out of it. */
const spoiledEvery = 10;
let judged = 0;

/** Whether the judge notices that a declaration which others use is gone; `null` where there is none to take out. */
function isNoticed(file, { kept, text }, bound) {
  const victim = kept.find(({ what, why }) => /^(?:function|class|import \{|const) [\w$]/.test(what.replace('{ ', '{')) && /^used by/.test(why));
  if (!victim) return null;
  const lines = text.split('\n');
  const spoiled = lines.map((line, i) => (i + 1 >= victim.line && i + 1 <= victim.endLine ? '' : line)).join('\n');
  return faultOf(file, spoiled, bound) !== null;
}

/**
 * @typedef {object} Sliced
 * @property {string} name
 * @property {number} line
 * @property {{ code: string, message: string, line: number }} [refusal]
 * @property {{ text: string, warnings: { code: string, message: string }[] }} [slice]
 * @property {string} [fault] what is wrong
 * @property {number} [ms] the slicing alone
 */

/** @returns {{ file, lines: number, functions: Sliced[], coldMs: number | null, unreadable?: string }} */
export function sliceFile({ parse, readFunctions, sliceFunction }, chosen) {
  const text = readFileSync(chosen.file, 'utf8').replace(/^\uFEFF/, '');
  const lines = text.split('\n').length;
  const startedAt = performance.now();
  const source = parse(chosen.file, text);
  const read = source.ok ? readFunctions(source.value) : source;
  if (!read.ok) return { ...chosen, lines, functions: [], coldMs: null, unreadable: read.error.code };
  const readMs = performance.now() - startedAt;
  const bound = boundNames(chosen.file, text);
  let coldMs = null;
  const functions = read.value.functions.map((located) => {
    const { name, line, refusal } = located.found;
    if (refusal) return { name, line, refusal };
    const start = performance.now();
    try {
      const sliced = sliceFunction(located);
      const ms = performance.now() - start;
      // The first one pays for the file's scopes; it is told with what reading the file took.
      const isCold = coldMs === null;
      if (isCold) coldMs = readMs + ms;
      const taken = isCold ? {} : { ms };
      if (!sliced.ok) return { name, line, refusal: sliced.error, ...taken };
      const fault = bound && faultOf(chosen.file, sliced.value.text, bound);
      const noticed = bound && ++judged % spoiledEvery === 0 ? isNoticed(chosen.file, sliced.value, bound) : null;
      return { name, line, slice: sliced.value, ...taken, ...(fault && { fault }), ...(noticed !== null && { noticed }) };
    } catch (fault) {
      return { name, line, fault: `crash: ${fault.stack}` };
    }
  });
  return { ...chosen, lines, functions, coldMs, ...(bound ? {} : { unjudged: true }) };
}
