'use strict';
/**
 * The Piscina inside the built runner, as a module: the same bytes, and its threads start from the same worker file.
 *
 * `dist/runner/main.js` exports nothing and starts a runner when it is loaded, so its text is cut before the first of
 * our own modules, where esbuild has put all the CommonJS modules that it wrapped, Piscina's among them.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname } = require('node:path');

/** Piscina's modules by their path below its `dist/`, without extension: `main`, `symbols`, `worker_pool/index`. */
exports.bundledPiscina = function bundledPiscina(runner) {
  const text = readFileSync(runner, 'utf8');
  const end = text.search(/^\/\/ src\//m);
  const wrapped = [...text.matchAll(/^var (\w+) = __commonJS\(\{\n +"[^"]*\/piscina\/dist\/([^"]+)\.js"/gm)];
  if (end < 0 || !wrapped.some(([, , path]) => path === 'main')) {
    throw new Error(`${runner} is not a readable bundle with Piscina in it. Build it first: npm run build`);
  }
  const table = wrapped.map(([, name, path]) => `${JSON.stringify(path)}: ${name}`).join(', ');
  // The name decides where Piscina looks for its worker file: beside the runner's main file.
  const module = new Module(runner, null);
  module.filename = runner;
  module.paths = Module._nodeModulePaths(dirname(runner));
  module._compile(`${text.slice(0, end)}\nmodule.exports = { ${table} };`, runner);
  return module.exports;
};
