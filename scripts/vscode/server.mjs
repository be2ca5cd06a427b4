// A VS Code server: the whole of VS Code but its window, which is a page that it serves.
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { capture } from '../setup/capture.mjs';
import { end, isRunning, start } from '../setup/processes.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {{ folder: string, node: string }} install from `installServer`
 * @property {string} data a folder of its own for settings, state and logs; its path must be short (a socket is made in it)
 * @property {string} extensions the folder of installed extensions
 * @property {string} [token] the secret without which the page is refused; none: no secret is asked for
 * @property {boolean} [trust] false: folders are not trusted until the user says so
 * @property {boolean} [development] true: the window may name an extension under development
 * @property {NodeJS.ProcessEnv} [env]
 */
/**
 * @typedef {object} Server
 * @property {number} port
 * @property {() => string} log
 * @property {() => Promise<void>} stop ends it with everything that it started
 * @property {Promise<unknown>} ended
 */

const startMs = 60_000;

/** @param {ServerOptions} options @returns {Promise<Server>} listening on the loopback interface only */
export async function startServer(options) {
  mkdirSync(options.data, { recursive: true });
  const logFile = path.join(options.data, 'server.log');
  const log = openSync(logFile, 'w');
  const child = start(options.install.node, serverArgs(options), {
    cwd: options.install.folder,
    // No marketplace: nothing is asked of the network.
    env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...options.env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const readLog = () => readFileSync(logFile, 'utf8');
  const ended = once(child, 'exit');
  const stop = () => end(child);
  try {
    return { port: await listening(child, readLog), log: readLog, stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param {ServerOptions} options */
function serverArgs({ data, extensions, token, trust = true, development = false }) {
  return [
    'out/server-main.js',
    ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms', '--telemetry-level', 'off'],
    ...['--server-data-dir', data, '--extensions-dir', extensions],
    ...(token ? ['--connection-token-file', tokenFile(data, token)] : ['--without-connection-token']),
    // What makes the page take an extension under development, and its tests, from its address. It also hides notifications.
    ...(development ? ['--enable-smoke-test-driver'] : []),
    ...(trust ? ['--disable-workspace-trust'] : []),
  ];
}

/** In a file, since a process's arguments are for all to see. @param {string} data @param {string} token */
function tokenFile(data, token) {
  const file = path.join(data, 'token');
  writeFileSync(file, token, { mode: 0o600 });
  return file;
}

/** @param {import('node:child_process').ChildProcess} child @param {() => string} readLog */
async function listening(child, readLog) {
  const deadline = performance.now() + startMs;
  while (isRunning(child) && performance.now() < deadline) {
    const [, port] = /agent listening on (\d+)/.exec(readLog()) ?? [];
    if (port) return Number(port);
    await delay(50);
  }
  throw new Error(`The VS Code server did not start. Its log:\n${readLog()}`);
}

/**
 * Installs a packaged extension as `code --install-extension` does.
 * @param {Pick<ServerOptions, 'install' | 'data' | 'extensions'>} options
 * @param {string} vsix
 */
export async function installExtension({ install, data, extensions }, vsix) {
  const args = ['out/server-main.js', '--server-data-dir', data, '--extensions-dir', extensions, '--install-extension', vsix];
  const { code, output } = await capture(install.node, args, { cwd: install.folder });
  if (code !== 0) throw new Error(`${path.basename(vsix)} could not be installed:\n${output}`);
}
