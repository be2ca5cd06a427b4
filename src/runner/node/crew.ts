/**
 * The pool and who is in it. Piscina starts the threads, hands them chunks and replaces the dead; the crew gives each
 * a number, its orders and a private link, and tells what a thread was doing when it died.
 */
import { receiveMessageOnPort, type MessagePort, type Worker } from 'node:worker_threads';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { Mebibytes, Millis } from '../../base/units';
import { Watch, type Chunk, type ChunkDone, type Errand, type FromWorker, type LinkMessage, type Orders } from './messages';
import { monotonic } from './thread/clock';

/** Far above any number of chunks that a worker holds: how many it gets is the feeder's business. */
const chunksPerWorker = 4096;

export interface Member {
  readonly id: number;
  readonly threadId: number;
  readonly port: MessagePort;
  readonly watch: Int32Array;
  /** On the machine's monotonic clock, ms. */
  readonly spawnedAt: Millis;
  ready: boolean;
  ended: boolean;
  /** What user code said when it ended the thread itself. */
  exiting: { readonly code: number; readonly task: number | null } | null;
  totals: { readonly onCpuMs: number | null; readonly peakMemoryMb: number } | null;
}

/** How a thread ended without having been asked to. */
export interface Death {
  readonly member: Member;
  readonly reason: string;
  readonly outOfMemory: boolean;
  /** The task that ran when it died, or whose code ended it; `null` where that cannot be told. */
  readonly culprit: number | null;
  /** Tasks with this index and above had not begun. */
  readonly started: number;
}

export interface CrewEvents {
  joined(member: Member): void;
  message(member: Member, message: FromWorker): void;
  died(death: Death): void;
}

export class Crew {
  readonly members: Member[] = [];
  readonly #pool: Piscina;
  readonly #spawnedAt = monotonic();
  readonly #known = new Set<number>();
  #orders: Omit<Orders, 'id'> | null = null;
  #events: CrewEvents | null = null;
  #lastDeath: Death | null = null;
  #errands = 0;
  #onIdle: (() => void) | null = null;
  #onJoined: (() => void) | null = null;

  constructor(
    readonly workers: number,
    readonly memoryMb: Mebibytes,
  ) {
    this.#pool = new Piscina({
      filename: join(__dirname, 'task.js'),
      minThreads: workers,
      maxThreads: workers,
      concurrentTasksPerWorker: chunksPerWorker,
      idleTimeout: Number.POSITIVE_INFINITY,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(memoryMb) },
    });
    this.#pool.on('message', (message: unknown) => this.#greet(message));
    // A thread that dies between two chunks; who and why is told by the thread's own events.
    this.#pool.on('error', () => {});
  }

  /** Resolves when every thread is up. */
  async complete(): Promise<void> {
    while (this.members.length < this.workers) await new Promise<void>((resolve) => (this.#onJoined = resolve));
  }

  /** Resolves when no member has anything to do. */
  async idle(): Promise<void> {
    if (this.#errands > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    this.drain();
  }

  /** Gives the orders of a run to all members, those that join later too. */
  command(orders: Omit<Orders, 'id'>, events: CrewEvents): void {
    this.#orders = orders;
    this.#events = events;
    for (const member of this.members) {
      // They may have rehearsed.
      member.ready = false;
      member.totals = null;
      member.watch[Watch.started] = 0;
      this.#brief(member);
    }
  }

  /** Has every thread take its orders and load the module, all at once. Rejects where one cannot. */
  async load(): Promise<void> {
    await Promise.all(Array.from({ length: this.workers }, () => this.#send({ type: 'load' })));
  }

  /** Resolves when all tasks of the chunk are answered; rejects with a {@link WorkerLost} or what the way there threw. */
  async run(chunk: Chunk): Promise<ChunkDone> {
    const done = (await this.#send(chunk)) as ChunkDone;
    this.drain();
    return done;
  }

  /** Lets loose ends come out and has every worker tell what it used. */
  async farewell(): Promise<void> {
    const gather = new SharedArrayBuffer(4);
    const here = this.members.filter((member) => !member.ended).length;
    await Promise.allSettled(Array.from({ length: here }, () => this.#send({ type: 'farewell', gather, expected: here })));
    this.drain();
  }

  /** Hears what the links hold already, without waiting for their events. */
  drain(): void {
    for (const member of this.members) this.#drain(member);
  }

  /** Ends the threads of all members that are alive; Piscina makes new ones. */
  async restart(): Promise<void> {
    const threads = this.#pool.threads.filter(({ threadId }) => this.#known.has(threadId));
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  async destroy(): Promise<void> {
    this.#events = null;
    await this.#pool.destroy();
  }

  async #send(errand: Errand): Promise<unknown> {
    this.#errands++;
    try {
      return await this.#pool.run(errand);
    } catch (fault) {
      const death = this.#lastDeath;
      if (death && /exited|memory|terminat/i.test(String((fault as Error)?.message))) throw new WorkerLost(death);
      throw fault;
    } finally {
      if (--this.#errands === 0) this.#onIdle?.();
    }
  }

  #greet(message: unknown): void {
    const link = message as LinkMessage | null;
    // User code can post here too: only a thread's first word counts, and that is ours.
    if (typeof link !== 'object' || link?.type !== 'corewise-link' || this.#known.has(link.threadId)) return;
    const thread = this.#pool.threads.find(({ threadId }) => threadId === link.threadId);
    if (!thread) return;
    this.#known.add(link.threadId);
    const member: Member = {
      id: this.members.length,
      threadId: link.threadId,
      port: link.port,
      watch: new Int32Array(link.watch),
      spawnedAt: this.members.length < this.workers ? this.#spawnedAt : monotonic(),
      ready: false,
      ended: false,
      exiting: null,
      totals: null,
    };
    this.members.push(member);
    this.#watchOver(member, thread);
    member.port.on('message', (from: FromWorker) => this.#hear(member, from));
    member.port.unref();
    if (this.#orders) this.#brief(member);
    this.#onJoined?.();
  }

  #brief(member: Member): void {
    this.#events!.joined(member);
    member.port.postMessage({ ...this.#orders!, id: member.id } satisfies Orders);
  }

  #drain(member: Member): void {
    for (let entry; (entry = receiveMessageOnPort(member.port)) !== undefined; ) {
      this.#hear(member, entry.message as FromWorker);
    }
  }

  #hear(member: Member, message: FromWorker): void {
    if (message.type === 'ready') member.ready = true;
    if (message.type === 'exiting') member.exiting = message;
    if (message.type === 'farewell') member.totals = message;
    this.#events?.message(member, message);
  }

  #watchOver(member: Member, thread: Worker): void {
    const lost = (error: NodeJS.ErrnoException | null, code: number): void => {
      if (member.ended) return;
      member.ended = true;
      this.#drain(member);
      const running = member.watch[Watch.running]!;
      const outOfMemory = error?.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const death: Death = {
        member,
        reason: member.exiting
          ? `process.exit(${member.exiting.code}) was called`
          : outOfMemory
            ? `it ran out of memory (limit ${Math.round(this.memoryMb)} MB)`
            : error
              ? `${error.name}: ${error.message}`
              : `it ended with exit code ${code}`,
        outOfMemory,
        culprit: member.exiting ? member.exiting.task : running >= 0 ? running : null,
        started: member.watch[Watch.started]!,
      };
      this.#lastDeath = death;
      this.#events?.died(death);
    };
    // Before Piscina's own listeners: when its promises reject, the death is known.
    thread.prependListener('error', (error: Error) => lost(error, 1));
    thread.prependListener('exit', (code: number) => lost(null, code));
  }
}

/** A chunk came back because its worker died. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';

  constructor(readonly death: Death) {
    super(death.reason);
  }
}
