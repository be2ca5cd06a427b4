/** The built panel in a real browser, driven by the real controller and feed through the real protocol. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { PanelController } from '../../../src/host/panel/controller';
import { Figures } from '../../../src/host/panel/figures';
import { panelHtml } from '../../../src/host/panel/html';
import type { PanelActions, PanelRuns, Subject } from '../../../src/host/panel/panel-contract';
import type { RunData } from '../../../src/profile/run-data';
import type { HistoryItem, HostMessage, RunHeader } from '../../../src/protocol/panel';
import type { PageState } from '../../../src/webview/store/page-state';
import { changeTheme, deliver, standIn } from './page-side';
import { type ThemeName, themes } from './themes';

const origin = 'https://panel.test';
const built = path.resolve('dist/panel');
/** Longer than the page lets the state it keeps lag behind what it shows. */
const calm = 200;

export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'] });
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly scale?: number;
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly forcedColors?: 'active' | 'none';
  /** What `getState` gives at first. */
  readonly state?: unknown;
  readonly history?: readonly HistoryItem[];
  readonly runs?: readonly RunData[];
  /** The host does not answer. */
  readonly silent?: boolean;
}

/** One page with its host. */
export class PanelPage {
  /** Calls of actions, in order: `['rerun', 'made-up-1']`. */
  readonly calls: unknown[][] = [];
  readonly sent: HostMessage[] = [];
  readonly logged: string[] = [];
  /** Requests beyond the page's own three files. */
  readonly requests: string[] = [];
  readonly errors: string[] = [];
  history: readonly HistoryItem[];
  controller!: PanelController;
  #queue: Promise<unknown> = Promise.resolve();
  #historyListeners = new Set<() => void>();

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly options: OpenOptions,
  ) {
    this.history = options.history ?? [];
  }

  static async open(browser: Browser, subject: Subject | null, options: OpenOptions = {}): Promise<PanelPage> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1200, height: options.height ?? 800 },
      deviceScaleFactor: options.scale ?? 1,
      reducedMotion: options.reducedMotion ?? 'reduce',
      forcedColors: options.forcedColors ?? 'none',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const panel = new PanelPage(page, context, options);
    await panel.#begin(subject);
    return panel;
  }

  async close(): Promise<void> {
    this.controller.dispose();
    await this.context.close();
    assert.deepEqual(this.errors, [], 'the page threw');
  }

  /** Waits until everything that the host has sent so far has arrived, and has been painted. */
  async settled(): Promise<void> {
    for (let before: unknown; before !== this.#queue; ) {
      before = this.#queue;
      await before;
    }
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
  }

  async theme(name: ThemeName): Promise<void> {
    await this.page.evaluate(changeTheme, themes[name]);
  }

  /** As VS Code does with a panel that was hidden: a new page with the state that the old one kept. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.settled();
  }

  violations(): Promise<string[]> {
    return this.page.evaluate(() => window.corewiseTest.violations);
  }

  /** The state that the page keeps, once it stands still: it is kept a little later than it is drawn. */
  async kept(): Promise<PageState> {
    const read = () => this.page.evaluate(() => JSON.stringify(window.corewiseTest.state ?? null));
    let last = await read();
    for (const limit = Date.now() + 5000; Date.now() < limit; ) {
      await this.page.waitForTimeout(calm);
      const state = await read();
      if (state === last) return JSON.parse(state) as PageState;
      last = state;
    }
    throw new Error(`The page's state does not come to rest: ${last}`);
  }

  /** Sends a message to the host as the page could. */
  post(message: unknown): Promise<void> {
    return this.page.evaluate((each) => window.sendToHost(each), message);
  }

  setHistory(items: readonly HistoryItem[]): void {
    this.history = items;
    for (const listener of this.#historyListeners) listener();
  }

  get lanes(): Locator {
    return this.page.locator('.lanes-cell');
  }

  /** Value and note of one of the six figures. */
  async figure(name: string): Promise<{ value: string; note: string }> {
    const box = this.page.locator('.metrics > div', { has: this.page.getByText(name, { exact: true }) });
    const text = async (selector: string) => ((await box.locator(selector).textContent()) ?? '').replace(/\s+/g, ' ').trim();
    return { value: await text('.value'), note: await text('.note') };
  }

  async #begin(subject: Subject | null): Promise<void> {
    const { page } = this;
    page.on('pageerror', (error) => this.errors.push(String(error)));
    await page.exposeFunction('sendToHost', (message: unknown) => this.controller.receive(message));
    await page.addInitScript(standIn, { theme: themes[this.options.theme ?? 'dark'], state: this.options.state });
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      const files: Record<string, string> = { '/panel.js': 'text/javascript', '/panel.css': 'text/css' };
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html() });
      const contentType = files[pathname];
      if (contentType) return route.fulfill({ contentType, body: await readFile(path.join(built, pathname)) });
      if (pathname.endsWith('.map')) return route.abort();
      this.requests.push(route.request().url());
      return route.abort();
    });
    this.controller = new PanelController(this.#tools(), this.#actions(), this.#runs(), (line) => this.logged.push(line));
    if (subject) this.controller.show(subject);
    await page.goto(`${origin}/`);
    if (subject) await this.settled();
  }

  #tools() {
    const figures = new Figures();
    return {
      post: (message: HostMessage) => this.#post(message),
      figures: (run: RunData) => figures.of(run),
      header: headerOf,
      now: () => performance.now(),
      after: (delay: number, action: () => void) => {
        const timer = setTimeout(action, delay);
        return { dispose: () => clearTimeout(timer) };
      },
    };
  }

  /** In order, as VS Code delivers them. */
  #post(message: HostMessage): void {
    if (this.options.silent) return;
    this.sent.push(message);
    const parcel =
      'data' in message
        ? { message: { ...message, data: null }, data: Buffer.from(message.data).toString('base64') }
        : { message, data: null };
    this.#queue = this.#queue.then(() => this.page.evaluate(deliver, parcel)).catch(() => undefined);
  }

  #actions(): PanelActions {
    const note = (name: string) => (...args: unknown[]) => void this.calls.push([name, ...args]);
    return {
      run: note('run'),
      rerun: note('rerun'),
      cancel: note('cancel'),
      exportRun: note('export'),
      trust: note('trust'),
      showLog: note('log'),
      openLocation: note('open'),
    };
  }

  #runs(): PanelRuns {
    return {
      items: () => this.history,
      find: (id) => {
        const data = this.options.runs?.find((run) => run.id === id);
        return data && { data };
      },
      onChange: (listener) => {
        this.#historyListeners.add(listener);
        return { dispose: () => this.#historyListeners.delete(listener) };
      },
    };
  }
}

function html(): string {
  return panelHtml({ script: `${origin}/panel.js`, style: `${origin}/panel.css`, cspSource: origin, nonce: 'made-up-nonce' });
}

export function headerOf(run: RunData): RunHeader {
  return {
    id: run.id,
    requestedAt: run.requestedAt,
    language: run.target.language,
    functionName: run.target.function,
    fileLabel: 'risk/pricing.ts',
    line: run.target.line,
    inputs: run.inputs.kind === 'expression' ? run.inputs.text : run.inputs.kind,
    records: run.records.length,
    lanes: run.plan.workers * run.plan.concurrency,
  };
}
