import { closeOnSignal } from './shutdown.js';

const alive = setInterval(() => {}, 1000);
closeOnSignal(async () => {
  console.log('closing');
  await new Promise(setImmediate);
  console.log('closed');
  clearInterval(alive);
});
process.kill(process.pid, 'SIGTERM');
