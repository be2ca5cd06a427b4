import { readFile } from 'node:fs/promises';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {Counts & { running: string | null, ended: boolean }} Report what reporter.cjs writes */

/** @type {Counts} */
export const none = { passed: 0, failed: 0, skipped: 0 };
/** @type {Counts} */
export const onePassed = { ...none, passed: 1 };
/** @type {Counts} */
export const oneFailed = { ...none, failed: 1 };

/** @param {Counts[]} all @returns {Counts} */
export const sum = (...all) =>
  all.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), none);

/** @param {Counts} counts */
export const ran = ({ passed, failed }) => passed + failed;

/** @param {Counts} counts the closing line that continuous integration reads */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** @param {string} file @returns {Promise<Report>} of a run that has not begun, if there is no such file */
export async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return { ...none, running: '(starting)', ended: false };
  }
}
