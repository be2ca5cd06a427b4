// Loaded before the tests (`node --require`): when the file that COREWISE_STACK_FILE names appears, the stack of the main
// thread is written into it, even while that thread spins. A signal would not do: its handler waits for the thread.
const { existsSync, writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { isMainThread, Worker } = require('node:worker_threads');

const file = process.env.COREWISE_STACK_FILE;

if (isMainThread && file) new Worker(__filename, { execArgv: [] }).unref();
else if (file) waitFor(file);

/** @param {string} file */
function waitFor(file) {
  let asked = false;
  // Goes on when it has asked: without it nothing would keep this thread for the answer.
  setInterval(() => {
    if (asked || !existsSync(file)) return;
    asked = true;
    askStack((stack) => writeFileSync(file, JSON.stringify(stack)));
  }, 250);
}

/** @param {(stack: string[]) => void} answer gets the innermost frame first */
function askStack(answer) {
  /** @type {Map<string, string>} */
  const urls = new Map();
  const session = new Session();
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params }) => {
    answer(params.callFrames.map(({ functionName, location }) => {
      return `${functionName || '(anonymous)'} ${urls.get(location.scriptId)}:${location.lineNumber + 1}`;
    }));
    session.post('Debugger.resume');
  });
  session.post('Debugger.enable');
  session.post('Debugger.pause');
}
