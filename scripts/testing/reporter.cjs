// Mocha's own spec list for people, and a report file for the totals. The same in Node and in VS Code's extension host.
const { appendFileSync, writeFileSync } = require('node:fs');
const { format } = require('node:util');
const Mocha = require('mocha');

const { EVENT_TEST_BEGIN, EVENT_HOOK_BEGIN, EVENT_RUN_END } = Mocha.Runner.constants;

// The extension host's console is full of VS Code's own words: there, the list goes to a file.
const output = process.env.COREWISE_TEST_OUTPUT;
if (output) {
  const base = /** @type {{ consoleLog: (...args: unknown[]) => void }} */ (/** @type {unknown} */ (Mocha.reporters.Base));
  base.consoleLog = (...args) => appendFileSync(output, `${format(...args)}\n`);
}

/**
 * Writes `{ passed, failed, skipped, running, ended }` to the file that COREWISE_TEST_REPORT names. It is written again as
 * each test begins, so that a process that hangs or dies tells how far it came and where it was.
 */
module.exports = class Reporter extends Mocha.reporters.Spec {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions} options */
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.COREWISE_TEST_REPORT;
    if (!file) return;
    /** @param {string | null} running @param {boolean} ended */
    const write = (running, ended) => {
      const { passes, failures, pending } = /** @type {Mocha.Stats} */ (runner.stats);
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, running, ended }));
    };
    write('(loading the test files)', false);
    runner.on(EVENT_TEST_BEGIN, (test) => write(test.fullTitle(), false));
    runner.on(EVENT_HOOK_BEGIN, (hook) => write(hook.fullTitle(), false));
    runner.on(EVENT_RUN_END, () => write(null, true));
  }
};
