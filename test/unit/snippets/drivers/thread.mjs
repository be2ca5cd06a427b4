import { TaskThread } from './client.js';

const thread = new TaskThread();
console.log(await Promise.all([10, 100, 1000].map((limit) => thread.run(limit))));
await thread.run(-1).catch((error) => console.log(`failed: ${error.name}: ${error.message}`));
await thread.run(() => {}).catch((error) => console.log(`uncloneable input: ${error.name}`));
console.log(`still answers: ${await thread.run(3)}`);

const endless = thread.run(Number.MAX_SAFE_INTEGER);
setTimeout(() => thread.close(), 20);
await endless.catch((error) => console.log(`closed during a request: ${error.message}`));
await thread.run(1).catch((error) => console.log(`after the end: ${error.message}`));
