/**
 * One run in the runner's main thread: opens the inputs, feeds the crew, passes on what it answers, mends what dies.
 * It ends by itself when all tasks are answered, or when it is cancelled, or at a fault that no task can be blamed for.
 */
import type { Millis } from '../../base/units';
import { columnsOver } from '../../protocol/columns';
import type { Fault, MessageOf, RunSpec } from '../../protocol/runner';
import { uncloneable } from './cloning';
import { WorkerLost, type Crew, type Death, type Member } from './crew';
import { faultFrom, faultOf, RunFault } from './fault';
import { Feeder } from './feeder';
import { openInputs } from './inputs';
import { Ledger, ranges } from './ledger';
import type { Answer, Chunk, ChunkDone, FromWorker } from './messages';
import { Outbox, type Sink } from './outbox';
import { Results } from './results';
import { clockFrom, monotonic } from './thread/clock';

/** A module that ends its worker while it loads, this often, will do so for ever. */
const mostDeathsAtLoad = 3;

type Ended = MessageOf<'ended'>;

export class Run {
  readonly #origin = monotonic();
  readonly #now = clockFrom(this.#origin);
  readonly outbox: Outbox;
  readonly #ledger = new Ledger();
  readonly #results: Results | null;
  readonly #failed = new Set<number>();
  #feeder: Feeder | null = null;
  #lastAnswer: Millis = 0;
  #deathsAtLoad = 0;
  #loadFault: Fault | null = null;
  #memoryMessage: string | null = null;
  #stopped: 'cancelled' | 'timed out' | null = null;
  #stop!: () => void;
  readonly #stopping = new Promise<void>((resolve) => (this.#stop = resolve));

  constructor(
    private readonly spec: RunSpec,
    private readonly crew: Crew,
    sink: Sink,
  ) {
    this.outbox = new Outbox(sink, this.#now);
    this.#results = spec.wantResults ? new Results() : null;
  }

  /** Runs to the end. Resolves to the last message, which the caller sends when all else is done. */
  async run(): Promise<Omit<Ended, 'peakMemoryMb' | 'throttledMs' | 'splitKnown'>> {
    void this.outbox.send({ type: 'accepted' });
    let why: Ended['why'] = 'completed';
    let fault: Fault | undefined;
    try {
      await Promise.race([this.#work(), this.#stopping]);
      if (this.#stopped) why = this.#stopped;
    } catch (thrown) {
      why = 'failed';
      // A thread's rejection may come before what the thread has said of its cause.
      this.crew.drain();
      // What is thrown by no task and no module comes out of the inputs.
      fault = this.#loadFault ?? (thrown instanceof RunFault ? thrown.fault : faultOf(thrown, -1, 'inputs'));
    }
    this.#feeder?.stop();
    this.crew.drain();
    if (why === 'completed') {
      await this.crew.farewell();
      for (const member of this.crew.members) if (!member.ended) this.#tellEnd(member);
    }
    this.outbox.flush();
    const splitShared = this.spec.plan.concurrency > 1;
    // A run that was cut off before any answer lasted all the same.
    const wallMs = this.#lastAnswer > 0 || why === 'completed' ? this.#lastAnswer : this.#now();
    const end = { type: 'ended' as const, why, tasks: this.#feeder?.taken ?? 0, wallMs, splitShared };
    return fault ? { ...end, fault } : end;
  }

  cancel(why: 'cancelled' | 'timed out'): void {
    this.#stopped ??= why;
    this.#stop();
  }

  /** All running tasks are to blame for memory that nobody can attribute: they fail, the rest goes on with new workers. */
  async outOfMemory(usedMb: number): Promise<void> {
    this.#memoryMessage = `The runner used ${Math.round(usedMb)} MB, over its limit of ${Math.round(this.spec.memoryMb)} MB.`;
    await this.crew.restart();
  }

  get origin(): Millis {
    return this.#origin;
  }

  async #work(): Promise<void> {
    const { spec, crew } = this;
    crew.command(
      {
        module: spec.module,
        spread: spec.spread,
        concurrency: spec.plan.concurrency,
        record: spec.record,
        wantResults: spec.wantResults,
        previews: spec.previews,
        origin: this.#origin,
      },
      {
        joined: (member) => this.#tell({ type: 'worker-started', id: member.id, at: member.spawnedAt - this.#origin }),
        message: (member, message) => this.#hear(member, message),
        died: (death) => this.#mourn(death),
      },
    );
    const loading = crew.load();
    // The feeder finds out by itself where a load fails; this one only must not go unheard.
    loading.catch(() => {});
    const source = await openInputs(spec);
    const at = this.#now();
    void this.outbox.send({ type: 'started', tasks: source.total, at });
    const route = { run: (chunk: Chunk) => this.#send(chunk), room: () => this.outbox.room(), now: this.#now };
    this.#feeder = new Feeder(source, spec.plan, route, at);
    await this.#feeder.feed();
  }

  #tell(message: Parameters<Outbox['send']>[0]): void {
    void this.outbox.send(message);
  }

  async #send(chunk: Chunk): Promise<ChunkDone | readonly Chunk[]> {
    this.#ledger.open(chunk);
    this.outbox.add((batch) => batch.sent.push(chunk.first, chunk.count));
    // Told before the task can end the process: so its name is known.
    this.outbox.hurry();
    try {
      return await this.crew.run(chunk);
    } catch (thrown) {
      if (this.#loadFault) throw new RunFault(this.#loadFault);
      if (thrown instanceof WorkerLost) return this.#salvage(chunk, thrown.death);
      if (chunk.inputs && isCloneError(thrown)) return this.#withoutUncloneable(chunk);
      throw new RunFault(faultOf(thrown, -1, 'pool'));
    } finally {
      this.#ledger.close(chunk);
      this.outbox.add((batch) => batch.answered.push(chunk.first));
    }
  }

  #hear(member: Member, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        return this.#tell({ type: 'worker-ready', id: member.id, at: message.at });
      case 'load-failed':
        this.#loadFault ??= message.fault;
        return;
      case 'answer':
        return this.#receive(member, message);
      case 'output':
        return this.outbox.add((batch) => {
          for (const line of message.lines) batch.output.push(line);
          batch.outputDropped += message.dropped;
        });
      case 'warning':
        return this.#warn(message.text);
      case 'exiting':
      case 'farewell':
        return;
    }
  }

  #receive(member: Member, answer: Answer): void {
    const now = this.#now();
    this.#lastAnswer = now;
    this.#ledger.answer(answer.from, answer.count, answer.indices);
    if (answer.records) this.#noteWayBack(answer.records, answer.count, now, member);
    const parcel = this.#results?.pack(answer);
    this.outbox.add((batch, attach) => {
      const failed = answer.failures.length;
      batch.counts.failed += failed;
      batch.counts.succeeded += answer.count - failed;
      if (answer.records) batch.records.push({ n: answer.count, blob: attach(new Uint8Array(answer.records)) });
      for (const failure of answer.failures) batch.failures.push(failure);
      for (const preview of answer.previews) batch.previews.push(preview);
      if (parcel) {
        batch.results.push({ encoding: 'v8', blob: attach(parcel.bytes) });
        for (const large of parcel.tooLarge) batch.tooLarge.push(large);
      }
    });
  }

  /** Fills in what only this side knows: how long the last task's answer took, if its worker had nothing else to do. */
  #noteWayBack(records: ArrayBuffer, n: number, now: Millis, member: Member): void {
    if (n === 0) return;
    const columns = columnsOver(records, n);
    const end = columns.start[n - 1]! + columns.compute[n - 1]! + columns.wait[n - 1]! + columns.runQueue[n - 1]!;
    const idle = Atomics.load(member.watch, 0) < 0;
    if (idle) columns.transferOut[n - 1] = Math.max(0, now - end);
  }

  /** After a death: the culprit failed, what had begun goes again and is told, what had not goes again quietly. */
  #salvage(chunk: Chunk, death: Death): readonly Chunk[] {
    const missing = this.#ledger.close(chunk);
    const begun = missing.filter((index) => index < death.started);
    const blamed = this.#memoryMessage ?? (death.member.exiting ? null : death.outOfMemory ? death.reason : null);
    const guilty = (index: number): boolean =>
      death.culprit === index || (death.culprit === null && !death.member.exiting && index < death.started);
    const reason = this.#memoryMessage ?? `Its worker stopped: ${death.reason}.`;
    const name = death.outOfMemory || blamed ? 'OutOfMemory' : 'WorkerStopped';
    for (const index of begun.filter(guilty)) this.#fail(faultFrom(index, 'run', name, reason));
    const again = missing.filter((index) => !this.#failed.has(index));
    const repeated = again.filter((index) => index < death.started);
    if (repeated.length > 0) {
      this.#warn(
        `${describe(repeated)} had begun on worker ${death.member.id} and ran again, since it stopped (${blamed ?? death.reason}): whatever they had done is done twice.`,
      );
    }
    return ranges(again).map(([first, count]) => this.#part(chunk, first, count));
  }

  /** Fails the tasks whose inputs cannot be sent, and hands back the others. */
  #withoutUncloneable(chunk: Chunk): readonly Chunk[] {
    const rest: number[] = [];
    for (let i = 0; i < chunk.count; i++) {
      const trouble = uncloneable(chunk.inputs![i]);
      if (!trouble) rest.push(chunk.first + i);
      else {
        const where = trouble.path === '' ? 'is' : `holds, at ${trouble.path},`;
        this.#fail(
          faultFrom(
            chunk.first + i,
            'send',
            'DataCloneError',
            `The argument ${where} ${trouble.what}, which cannot be sent between threads. Pass plain data and make it inside the function.`,
          ),
        );
      }
    }
    if (rest.length === chunk.count) {
      throw new RunFault(faultFrom(chunk.first, 'send', 'DataCloneError', 'The arguments cannot be sent between threads together.'));
    }
    return ranges(rest).map(([first, count]) => this.#part(chunk, first, count));
  }

  #part(chunk: Chunk, first: number, count: number): Chunk {
    const at = first - chunk.first;
    const inputs = chunk.inputs?.slice(at, at + count) ?? null;
    return { type: 'chunk', first, count, inputs, madeAt: chunk.madeAt, sentAt: this.#now() };
  }

  #fail(fault: Fault): void {
    if (this.#failed.has(fault.index)) return;
    this.#failed.add(fault.index);
    this.#lastAnswer = this.#now();
    this.outbox.add((batch) => {
      batch.counts.failed++;
      batch.failures.push(fault);
    });
  }

  #mourn(death: Death): void {
    this.#tellEnd(death.member, death.reason);
    if (death.member.ready || this.#loadFault) return;
    if (++this.#deathsAtLoad < mostDeathsAtLoad) return;
    this.#loadFault = faultFrom(-1, 'load', 'LoadFailed', `Loading the module ended its worker ${mostDeathsAtLoad} times: ${death.reason}.`);
  }

  #tellEnd(member: Member, fault?: string): void {
    const totals = { onCpuMs: member.totals?.onCpuMs ?? null, peakMemoryMb: member.totals?.peakMemoryMb ?? null };
    this.#tell({ type: 'worker-ended', id: member.id, at: this.#now(), ...totals, ...(fault ? { fault } : {}) });
  }

  #warn(text: string): void {
    this.outbox.add((batch) => batch.warnings.push(text));
  }
}

function isCloneError(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name === 'DataCloneError' || /could not be cloned/.test(thrown.message));
}

function describe(indices: readonly number[]): string {
  const shown = ranges(indices).map(([first, count]) => (count === 1 ? `${first}` : `${first} to ${first + count - 1}`));
  return `${indices.length === 1 ? 'Task' : 'Tasks'} ${shown.slice(0, 5).join(', ')}${shown.length > 5 ? ' and others' : ''}`;
}
