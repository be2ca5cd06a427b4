// Stands in for @vscode/spdlog, whose native module is not built: without it every output channel of VS Code stays empty.
// Writes at once and never rotates: these are the logs of a test, or of an afternoon.
const { appendFileSync, mkdirSync } = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];

/** The pattern that VS Code asks for: `2026-01-31 12:00:00.000 [info] message`. */
const asLine = (/** @type {number} */ level, /** @type {string} */ message) => {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().replace('T', ' ').slice(0, -1);
  return `${local} [${levels[level]}] ${message}\n`;
};

class Logger {
  #level = 2;
  #format = asLine;
  #file;

  /** @param {string} _type @param {string} _name @param {string} file */
  constructor(_type, _name, file) {
    this.#file = file;
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, ''); // VS Code watches the file, and shows nothing while there is none.
  }

  /** @param {number} level @param {string} message */
  #write(level, message) {
    if (level >= this.#level) appendFileSync(this.#file, this.#format(level, message));
  }

  trace = (/** @type {string} */ message) => this.#write(0, message);
  debug = (/** @type {string} */ message) => this.#write(1, message);
  info = (/** @type {string} */ message) => this.#write(2, message);
  warn = (/** @type {string} */ message) => this.#write(3, message);
  error = (/** @type {string} */ message) => this.#write(4, message);
  critical = (/** @type {string} */ message) => this.#write(5, message);
  getLevel = () => this.#level;
  setLevel = (/** @type {number} */ level) => void (this.#level = level);
  setPattern() {}
  clearFormatters() {
    this.#format = (_level, message) => message;
  }
  flush() {}
  drop() {}
}

/** @param {string} name @param {string} file */
const createLogger = async (name, file) => new Logger('', name, file);

// One by one: VS Code imports this as an ES module, and so only sees exports that can be read off the text.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
