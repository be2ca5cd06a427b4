/**
 * A spare runner's dress rehearsal: two runs over calls of nothing, which no session hears of. Every thread loads a
 * module, and V8 compiles what tasks, records and messages go through; a run of 10⁵ short tasks would spend most of its
 * time on that. It takes two, with a target each: code that was compiled for one target is thrown away at the second.
 * No user code is near.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunSpec } from '../../protocol/runner';
import type { Crew } from './crew';
import type { Sink } from './outbox';
import { Run } from './run';

/** The same module twice: Node loads each file once. */
const acts = ['rehearsal-1.mjs', 'rehearsal-2.mjs'];

/** Takes messages as the channel does, up to the point where they would leave the process. */
const nowhere: Sink = {
  send: (message, _blobs, written) => {
    Buffer.from(JSON.stringify(message));
    if (written) setImmediate(written);
  },
};

export class Rehearsal {
  readonly #over: Promise<void>;
  #run: Run | null = null;
  #stopped = false;

  constructor(private readonly crew: Crew) {
    this.#over = this.#perform();
  }

  /** Ends it, if it has not ended: resolves when all threads are free again, which is a matter of milliseconds. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#run?.cancel('cancelled');
    await this.#over;
  }

  async #perform(): Promise<void> {
    for (const act of acts) {
      if (this.#stopped) return;
      this.#run = new Run(specFor(this.crew, join(__dirname, act)), this.crew, nowhere);
      await this.#run.run();
      await this.crew.idle();
    }
  }
}

function specFor({ workers, memoryMb }: Crew, file: string): RunSpec {
  return {
    module: { file, inputsFile: file, sourceMaps: false },
    inputs: { kind: 'module' },
    spread: false,
    plan: { model: 'threads', workers, concurrency: 1, chunk: 'auto' },
    record: true,
    wantResults: false,
    previews: 100,
    memoryMb,
    cwd: tmpdir(),
  };
}
