/** What runs in the page around the panel's own script: relays messages, and takes the time of everything it does. */

interface Meter {
  /** Milliseconds of each animation frame's own script. */
  frames: number[];
  /** Milliseconds of each message's handler, and of each handler with the frame after it. */
  handlers: number[];
  ticks: number[];
  longTasks: number[];
  /** When the first records arrived, and when all had been painted. */
  firstRecords: number;
  painted: number;
  told: string[];
}

declare global {
  interface Window {
    meter: Meter;
    host: Worker;
  }
}

export function installMeter(): void {
  const meter: Meter = { frames: [], handlers: [], ticks: [], longTasks: [], firstRecords: 0, painted: 0, told: [] };
  window.meter = meter;
  let sinceFrame = 0;
  const native = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    native((time) => {
      const begin = performance.now();
      callback(time);
      const took = performance.now() - begin;
      meter.frames.push(took);
      meter.ticks.push(sinceFrame + took);
      sinceFrame = 0;
    });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) meter.longTasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });

  const host = new Worker('/host.js');
  window.host = host;
  let received = 0;
  host.onmessage = ({ data }) => {
    if (data.bench) return void meter.told.push(data.bench);
    if (data.type === 'records' && meter.firstRecords === 0) meter.firstRecords = performance.mark('first records').startTime;
    if (data.type === 'records') received += data.n;
    const begin = performance.now();
    window.dispatchEvent(new MessageEvent('message', { data }));
    const took = performance.now() - begin;
    meter.handlers.push(took);
    sinceFrame += took;
    const whole = data.type === 'progress' && data.progress.records === received && received > 0;
    if (whole && meter.painted === 0) native(() => setTimeout(() => (meter.painted = performance.mark('painted').startTime)));
  };
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => host.postMessage(message),
      getState: () => undefined,
      setState: () => undefined,
    }),
  });
}

/** Zooms in step by step and pans at each, by the keys; resolves with the milliseconds of each handler and its frame. */
export async function panAndZoom(): Promise<number[]> {
  const took: number[] = [];
  const frame = () => new Promise<void>((done) => requestAnimationFrame(() => done()));
  const press = async (key: string): Promise<void> => {
    const lanes = document.querySelector('.lanes-cell')!;
    const before = window.meter.frames.length;
    const begin = performance.now();
    lanes.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const handler = performance.now() - begin;
    await frame();
    // The panel asked for its frame first.
    took.push(handler + window.meter.frames[before]!);
  };
  performance.mark('pan');
  for (let level = 0; level < 24; level++) {
    for (const key of ['w', 'd', 'd', 'a', 'a', 'a', 'd']) await press(key);
  }
  for (let level = 0; level < 24; level++) await press('s');
  performance.mark('panned');
  return took;
}
