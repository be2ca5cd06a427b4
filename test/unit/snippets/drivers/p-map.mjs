import { barrierServer } from './barrier-server.mjs';
import { fetchAll } from './map.js';

const server = await barrierServer(8);
const paths = Array.from({ length: 16 }, (_, i) => `/${i}`);

const bodies = await fetchAll(paths.map(server.url));
if (bodies.every((body, i) => body === `body of /${i}`)) {
  console.log(`${bodies.length} bodies in order, at most ${server.most} requests under way`);
}
await fetchAll([server.url('/missing')]).catch((error) => console.log(`missing page: ${/404/.exec(error.message)}`));
const stop = new AbortController();
const endless = fetchAll([server.url('/never')], stop.signal);
setTimeout(() => stop.abort(), 20);
await endless.catch((error) => console.log(`aborted: ${error.name}`));
server.close();
