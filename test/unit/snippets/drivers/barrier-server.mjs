import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A server that answers only when `size` requests wait at once: a client with fewer under way never ends.
 * `/missing` is answered at once with 404, `/never` never.
 */
export async function barrierServer(size) {
  let waiting = [];
  const server = createServer((request, response) => {
    if (request.url === '/missing') return response.writeHead(404).end();
    if (request.url === '/never') return undefined;
    waiting.push(() => response.end(`body of ${request.url}`));
    state.most = Math.max(state.most, waiting.length);
    if (waiting.length === size) {
      for (const answer of waiting) answer();
      waiting = [];
    }
    return undefined;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const state = {
    most: 0,
    url: (path) => `http://127.0.0.1:${server.address().port}${path}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return state;
}
