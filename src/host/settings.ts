import * as vscode from 'vscode';
import { startMethods, type Language, type PlanRequest, type StartMethod } from '../protocol/target';
import type { RunArguments } from './arguments';

/** Every setting of ours, read in this file only; package.json describes them. */
export interface Settings {
  /** Empty: look for one. */
  readonly nodePath: string;
  /** Empty: what an extension for Python has chosen, or look for one. */
  readonly pythonPath: string;
  /** `null`: what that Python itself does. */
  readonly startMethod: StartMethod | null;
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
  readonly hints: boolean;
  readonly historyLimit: number;
}

export function readSettings(scope?: vscode.Uri): Settings {
  const all = vscode.workspace.getConfiguration('corewise', scope ?? null);
  return {
    nodePath: all.get('nodePath', '').trim(),
    pythonPath: all.get('pythonPath', '').trim(),
    startMethod: startMethods.find((method) => method === all.get('startMethod')) ?? null,
    workers: atLeast(0, all.get('workers', 0)),
    concurrency: atLeast(0, all.get('concurrency', 0)),
    chunk: atLeast(0, all.get('chunk', 0)),
    timeoutMs: atLeast(0, all.get('timeoutMs', 0)),
    memoryLimitMb: atLeast(0, all.get('memoryLimitMb', 0)),
    keepSpareRunner: all.get('keepSpareRunner', true),
    codeLens: all.get('codeLens', true),
    hints: all.get('hints', false),
    historyLimit: atLeast(1, all.get('historyLimit', 50)),
  };
}

/** VS Code marks a wrong value in the settings editor, but hands it over as it is. */
const atLeast = (least: number, value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(least, Math.floor(value)) : least;

/** A plan out of what a command was given and, where it was given nothing, the settings. */
export function planRequest(model: PlanRequest['model'], language: Language, given: RunArguments, settings: Settings): PlanRequest {
  const startsProcesses = language === 'python' && (model === 'processes' || model === 'hybrid');
  return {
    model,
    workers: given.workers ?? (settings.workers || undefined),
    concurrency: given.concurrency ?? (settings.concurrency || undefined),
    chunk: given.chunk ?? (settings.chunk || undefined),
    startMethod: given.startMethod ?? ((startsProcesses && settings.startMethod) || undefined),
    timeoutMs: given.timeoutMs ?? (settings.timeoutMs || undefined),
  };
}
