import * as vscode from 'vscode';
import type { PlanRequest } from '../protocol/target';
import type { RunArguments } from './arguments';

/** Every setting of ours, read in this file only; package.json describes them. */
export interface Settings {
  /** Empty: look for one. */
  readonly nodePath: string;
  /** 0: as many as there are usable cores. */
  readonly workers: number;
  readonly concurrency: number;
  /** 0: the engine adapts it while the run goes on. */
  readonly chunk: number;
  /** 0: no limit. */
  readonly timeoutMs: number;
  /** 0: three quarters of what the machine allows. */
  readonly memoryLimitMb: number;
  readonly keepSpareRunner: boolean;
  readonly codeLens: boolean;
  readonly historyLimit: number;
}

export function readSettings(scope?: vscode.Uri): Settings {
  const all = vscode.workspace.getConfiguration('corewise', scope ?? null);
  return {
    nodePath: all.get('nodePath', '').trim(),
    workers: atLeast(0, all.get('workers', 0)),
    concurrency: atLeast(0, all.get('concurrency', 0)),
    chunk: atLeast(0, all.get('chunk', 0)),
    timeoutMs: atLeast(0, all.get('timeoutMs', 0)),
    memoryLimitMb: atLeast(0, all.get('memoryLimitMb', 0)),
    keepSpareRunner: all.get('keepSpareRunner', true),
    codeLens: all.get('codeLens', true),
    historyLimit: atLeast(1, all.get('historyLimit', 50)),
  };
}

/** VS Code marks a wrong value in the settings editor, but hands it over as it is. */
const atLeast = (least: number, value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(least, Math.floor(value)) : least;

/** A plan out of what a command was given and, where it was given nothing, the settings. */
export function planRequest(model: PlanRequest['model'], given: RunArguments, settings: Settings): PlanRequest {
  return {
    model: given.model ?? model,
    workers: given.workers ?? (settings.workers || undefined),
    concurrency: given.concurrency ?? (settings.concurrency || undefined),
    chunk: given.chunk ?? (settings.chunk || undefined),
    timeoutMs: given.timeoutMs ?? (settings.timeoutMs || undefined),
  };
}
