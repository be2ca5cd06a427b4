import { posix, win32 } from 'node:path';
import type { Machine } from '../../../../src/session/node/machine';

export interface MadeNode {
  readonly version: string;
  /** The program that it really is, where a stand-in starts it. */
  readonly execPath?: string;
  /** What asking it leads to, where it does not answer as a Node does. */
  readonly fails?: string;
  readonly prints?: string;
}

/** A machine that is made up: files by their texts, and programs by what they answer. */
export class MadeMachine implements Machine {
  readonly path;
  readonly home;
  own = { path: '/opt/editor/editor', version: '22.1.0', electron: true, threadCpu: false };
  /** Programs that were started, with their environment. */
  readonly asked: { readonly path: string; readonly env: NodeJS.ProcessEnv }[] = [];

  constructor(
    private readonly nodes: Readonly<Record<string, MadeNode>>,
    private readonly texts: Readonly<Record<string, string>> = {},
    readonly links: Readonly<Record<string, string>> = {},
    readonly platform: NodeJS.Platform = 'linux',
  ) {
    this.path = platform === 'win32' ? win32 : posix;
    this.home = platform === 'win32' ? 'C:\\Users\\u' : '/home/u';
  }

  async readText(file: string): Promise<string | null> {
    return this.texts[file] ?? null;
  }

  async list(folder: string): Promise<readonly string[]> {
    const start = folder + this.path.sep;
    const names = Object.keys(this.nodes).filter((path) => path.startsWith(start)).map((path) => path.slice(start.length).split(this.path.sep)[0]!);
    return [...new Set(names)];
  }

  async resolveFile(file: string): Promise<string | null> {
    return this.links[file] ?? (file in this.nodes ? file : null);
  }

  async ask(path: string, _args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
    this.asked.push({ path, env });
    const node = this.nodes[this.links[path] ?? path]!;
    if (node.fails !== undefined) throw new Error(node.fails);
    return node.prints ?? `${JSON.stringify([node.version, node.execPath ?? path, true])}\n`;
  }
}
