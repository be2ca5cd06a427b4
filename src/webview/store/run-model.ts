import type { Millis } from '../../base/units';
import { CoreShares } from '../../profile/core-shares';
import { LogHistogram } from '../../profile/histogram';
import { laneStarts } from '../../profile/lane-starts';
import { Lanes } from '../../profile/lanes';
import { columnsOver } from '../../protocol/columns';
import { coreColumnsOver } from '../../protocol/core-columns';
import type {
  CoresMessage,
  FiguresMessage,
  OutputMessage,
  PanelFigures,
  ProgressMessage,
  RecordsMessage,
  RunHeader,
  RunProgress,
} from '../../protocol/panel';
import { nextExtent } from '../layout/extent';
import { OutputTail } from './output-tail';

export type TickMessage = RecordsMessage | CoresMessage | OutputMessage | FiguresMessage | ProgressMessage;

/** The run that the page shows, filled tick by tick. It is changed in place: the columns of a run are not copied. */
export class RunModel {
  readonly lanes: Lanes;
  readonly cores = new CoreShares();
  readonly latency = new LogHistogram();
  readonly output = new OutputTail();
  progress: RunProgress | null = null;
  figures: PanelFigures | null = null;
  provisional = true;
  /** Last whole tick. */
  lastSeq = 0;
  /** End of the time axis. */
  extent: Millis = 100;

  constructor(readonly header: RunHeader) {
    this.lanes = new Lanes({ tasks: header.records, lanes: header.lanes });
  }

  /** Whether the run goes on. */
  get live(): boolean {
    return this.progress !== null && this.progress.phase !== 'ended';
  }

  /** Whether records that the host has are still on their way. */
  get loading(): boolean {
    return this.progress === null || this.lanes.tasks < this.progress.records;
  }

  apply(message: TickMessage): void {
    switch (message.type) {
      case 'records':
        return this.#addRecords(message);
      case 'cores':
        return this.cores.append(coreColumnsOver(message.data, message.n, message.cores), message.n, message.cores);
      case 'output':
        return this.output.append(message.lines, message.dropped);
      case 'figures':
        this.figures = message.figures;
        this.provisional = message.provisional;
        return;
      case 'progress':
        return this.#endTick(message);
    }
  }

  #addRecords({ data, n }: RecordsMessage): void {
    const columns = columnsOver(data, n);
    this.lanes.append(columns, n);
    for (let i = 0; i < n; i++) {
      this.latency.add(columns.compute[i]! + columns.wait[i]! + columns.runQueue[i]!);
    }
  }

  #endTick({ progress, seq }: ProgressMessage): void {
    this.progress = progress;
    this.lastSeq = seq;
    this.extent = nextExtent(this.extent, progress);
    this.lanes.setStartUps(laneStarts(progress, progress.wallMs, this.lanes.firstMade));
  }
}
