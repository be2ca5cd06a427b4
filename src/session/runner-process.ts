/** One runner process: started, greeted, heard, and ended with everything it started. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { HumanError } from '../base/human-error';
import type { Millis } from '../base/units';
import { frameHead, FrameReader, tokenBytes } from '../protocol/framing';
import { parseFromRunner, runnerProtocol, type FromRunner, type MessageOf, type ModuleSpec, type PythonModuleSpec, type RunSpec, type ToRunner } from '../protocol/runner';
import { LineSplitter } from './line-splitter';

/** How long a process may take from its start to its hello. */
const helloWithin: Millis = 15_000;
/** How long it may take to leave after it was asked to. */
const leaveWithin: Millis = 500;

type AnyModule = ModuleSpec | PythonModuleSpec;
/** A run of either language. */
export type AnyRunSpec = RunSpec<AnyModule>;

export interface RunnerStart {
  /** The runtime, its arguments and its environment. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What a person can do where it does not start, as a sentence. */
  readonly nextStep: string;
  readonly log: (line: string) => void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunnerListener {
  message(message: FromRunner, blobs: readonly Uint8Array[]): void;
  /** A line that user code wrote past the workers' own streams. */
  rawOutput(stream: 'stdout' | 'stderr', text: string): void;
  /** Raw output that was too much to keep. */
  rawDropped(bytes: number): void;
  /** Something arrived that is no message of a runner. */
  garbage(): void;
}

export class RunnerProcess {
  readonly hello: Promise<MessageOf<'hello'>>;
  /** Resolves when the process is gone. */
  readonly exited: Promise<Exit>;
  readonly startedAt = performance.now();
  lastHeardAt: Millis = performance.now();
  listener: RunnerListener | null = null;
  /** The newest of what it wrote to stderr before a run listened. */
  readonly lastWords: string[] = [];
  readonly #child: ChildProcess;
  readonly #channel: Socket;
  readonly #token = Uint8Array.from(randomBytes(tokenBytes));
  readonly #reader = new FrameReader(this.#token);
  #onHello: ((hello: MessageOf<'hello'>) => void) | null = null;
  #trusted = true;

  constructor(private readonly options: RunnerStart) {
    const { program, args, env } = options;
    this.#child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe', process.platform === 'win32' ? 'overlapped' : 'pipe'],
      // A group of its own, so that whatever user code starts can be ended with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
      env,
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
      this.#child.once('error', () => resolve({ code: null, signal: null }));
    });
    this.#channel = this.#child.stdio[3] as Socket;
    // A runner that is gone is told by its exit.
    this.#channel.on('error', () => {});
    this.#channel.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#channel.write(this.#token);
    this.hello = this.#greet();
    this.hello.catch(() => {});
    this.#readRaw('stdout');
    this.#readRaw('stderr');
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid !== undefined;
  }

  send(message: ToRunner<AnyModule>): void {
    if (!this.#channel.writable) return;
    const frame = { json: Buffer.from(JSON.stringify(message)), blobs: [] };
    this.#channel.write(frameHead(this.#token, frame));
    this.#channel.write(frame.json);
  }

  /** Keeps the process from keeping ours alive, while it waits as a spare. */
  unref(): void {
    this.#child.unref();
    for (const stream of this.#child.stdio) (stream as Socket | null)?.unref();
  }

  ref(): void {
    this.#child.ref();
    for (const stream of this.#child.stdio) (stream as Socket | null)?.ref();
  }

  /** Waits a moment for the process to leave by itself, then ends it and everything it started. */
  async bury(): Promise<Exit> {
    const timer = setTimeout(() => this.kill(), leaveWithin);
    const exit = await this.exited;
    clearTimeout(timer);
    // Its children may have outlived it.
    this.kill();
    return exit;
  }

  /** Ends the process group at once. */
  kill(): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
      else if (this.isAlive) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true });
    } catch {
      // Nobody of the group is left.
    }
  }

  async #greet(): Promise<MessageOf<'hello'>> {
    let timer: NodeJS.Timeout | undefined;
    const failed = new Promise<never>((_, reject) => {
      this.#child.once('error', (fault) => reject(new HumanError(`${this.options.program} could not be started: ${startFault(fault)}`, this.options.nextStep, { cause: fault })));
      this.#child.once('exit', (code, signal) =>
        reject(new HumanError(`The runner ended before it was ready (${signal ?? `exit code ${code}`}). ${this.lastWords.slice(-3).join(' ')}`.trim(), 'See the log for what it printed.')),
      );
      timer = setTimeout(() => reject(new HumanError(`${this.options.program} did not answer within ${helloWithin / 1000} s.`, this.options.nextStep)), helloWithin);
    });
    const said = new Promise<MessageOf<'hello'>>((resolve) => (this.#onHello = resolve));
    try {
      const hello = await Promise.race([said, failed]);
      if (hello.protocol !== runnerProtocol) {
        throw new HumanError(`The runner speaks version ${hello.protocol} of our protocol, this is version ${runnerProtocol}.`, 'Install the extension again.');
      }
      return hello;
    } catch (fault) {
      this.kill();
      throw fault;
    } finally {
      clearTimeout(timer);
    }
  }

  #read(bytes: Uint8Array): void {
    if (!this.#trusted) return;
    this.lastHeardAt = performance.now();
    try {
      for (const { json, blobs } of this.#reader.push(bytes)) {
        const message = parseFromRunner(JSON.parse(Buffer.from(json).toString('utf8')), blobs);
        if (message.type === 'hello') this.#onHello?.(message);
        this.listener?.message(message, blobs);
      }
    } catch (fault) {
      this.#trusted = false;
      this.options.log(`runner ${this.pid}: ${String(fault)}`);
      this.listener?.garbage();
    }
  }

  #readRaw(name: 'stdout' | 'stderr'): void {
    const splitter = new LineSplitter(
      (line) => {
        if (this.listener) return this.listener.rawOutput(name, line);
        this.lastWords.push(line);
        if (this.lastWords.length > 20) this.lastWords.shift();
        this.options.log(`runner ${this.pid}: ${line}`);
      },
      (bytes) => this.listener?.rawDropped(bytes),
    );
    this.#child[name]!.on('data', (data: Buffer) => splitter.push(data));
    this.#child[name]!.on('end', () => splitter.end());
  }
}

function startFault(fault: NodeJS.ErrnoException): string {
  switch (fault.code) {
    case 'ENOENT':
      return 'there is no such file.';
    case 'EACCES':
      return 'it may not be executed.';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open; close some programs or raise the limit (ulimit -n).';
    case 'EAGAIN':
      return 'no more processes may be started; close some programs or raise the limit (ulimit -u).';
    case 'ENOMEM':
      return 'there is not enough memory.';
    default:
      return fault.message;
  }
}
