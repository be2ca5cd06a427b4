import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { installServer } from '../../../scripts/vscode/install.mjs';
import { openBrowser, windowUrl } from '../../../scripts/vscode/page.mjs';
import { makeProfile, type Profile } from '../../../scripts/vscode/profile.mjs';
import { installExtension, startServer, type Server } from '../../../scripts/vscode/server.mjs';
import { versions, type ServerVersion } from '../../../scripts/vscode/versions.mjs';

export interface WorkbenchOptions {
  /** A folder of the project; the journey gets a copy. */
  workspace: string;
  /** False: VS Code does not trust the folder until it is told to. */
  trust?: boolean;
  settings?: Record<string, unknown>;
  /** Of the machine that VS Code's server runs on. */
  machineSettings?: Record<string, unknown>;
  size?: { width: number; height: number };
}

/** How long any single step in the page may take. */
const stepMs = 20_000;

/** A VS Code with the packaged extension, and nothing else, installed: a server and the page that is its window. */
export class Workbench implements AsyncDisposable {
  private constructor(
    readonly page: Page,
    readonly version: ServerVersion,
    private readonly profile: Profile,
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  /** Installs the VSIX that COREWISE_VSIX names into a new profile and opens the window. */
  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const version = versions[required('COREWISE_VSCODE') as keyof typeof versions];
    const install = await installServer(version);
    const profile = await makeProfile({ workspace: path.resolve(options.workspace), settings: options.settings, machineSettings: options.machineSettings });
    await installExtension({ install, ...profile }, required('COREWISE_VSIX'));
    const server = await startServer({ install, ...profile, trust: options.trust ?? true });
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: options.size ?? { width: 1440, height: 900 } });
    const workbench = new Workbench(page, version, profile, browser, server);
    try {
      page.setDefaultTimeout(stepMs);
      await page.goto(windowUrl({ port: server.port, folder: profile.workspace }));
      await page.locator('.monaco-workbench .part.statusbar').waitFor();
      return workbench;
    } catch (error) {
      await workbench[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The folder that is open. */
  get folder(): string {
    return this.profile.workspace;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await this.profile.remove();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the journeys are run by npm run test:journey.`);
  return value;
}
