import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Forecast {
  readonly city: string;
  readonly celsius: number;
}

/**
 * Asks a weather station for a forecast, and mostly waits: many at once take hardly longer than one.
 * Try `['Oslo', 'Lima', 'Kyoto', 'Nairobi', 'Perth', 'Quito', 'Riga', 'Tunis']`.
 */
export async function forecast(city: string): Promise<Forecast> {
  return withStation(async (url) => {
    const response = await fetch(`${url}/forecast?city=${encodeURIComponent(city)}`);
    return (await response.json()) as Forecast;
  });
}

/**
 * The hottest hour of a city's month (0 to 719): waits for the readings, then works through them. Some of both.
 * Try `['Oslo', 'Lima', 'Kyoto', 'Nairobi', 'Perth', 'Quito', 'Riga', 'Tunis']`.
 */
export async function hottestHour(city: string): Promise<number> {
  const text = await withStation(async (url) => (await fetch(`${url}/readings?city=${encodeURIComponent(city)}`)).text());
  const minutes = text.split('\n').map(Number);
  let best = { hour: 0, sum: -Infinity };
  for (let hour = 0; hour * 60 < minutes.length; hour++) {
    const sum = minutes.slice(hour * 60, (hour + 1) * 60).reduce((total, celsius) => total + celsius, 0);
    if (sum > best.sum) best = { hour, sum };
  }
  return best.hour;
}

/** A weather station of one's own, on this machine only: it opens for one visit and closes after it. */
async function withStation<T>(visit: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const city = searchParams.get('city') ?? '';
    await sleep(40);
    response.end(pathname === '/readings' ? [...readingsOf(city)].join('\n') : JSON.stringify({ city, celsius: noonOf(city) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await visit(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
}

/** Degrees at noon: made up, and the same every time. */
function noonOf(city: string): number {
  let sum = 0;
  for (const letter of city) sum = (sum * 31 + letter.charCodeAt(0)) % 1009;
  return (sum % 40) - 5;
}

/** Degrees at every minute of 30 days. */
function* readingsOf(city: string): Generator<number> {
  const noon = noonOf(city);
  let noise = noon + 100;
  for (let minute = 0; minute < 30 * 24 * 60; minute++) {
    noise = (noise * 171 + 11213) % 53125;
    yield noon + Math.round(8 * Math.cos(((minute / 60 - 12) * Math.PI) / 12)) + (noise % 7);
  }
}
