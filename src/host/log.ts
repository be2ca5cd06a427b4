import * as vscode from 'vscode';
import { redactor } from './redact';

/** The one output channel. Nothing reaches it but through here, where secrets of the environment are taken out. */
export interface Log extends vscode.Disposable {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  debug(text: string): void;
  show(): void;
}

export function createLog(): Log {
  const channel = vscode.window.createOutputChannel('Corewise', { log: true });
  const clean = redactor(process.env);
  // Runs that are ended with the window still have their last lines to say.
  let open = true;
  const to = (level: 'info' | 'warn' | 'error' | 'debug') => (text: string) => {
    if (open) channel[level](clean(text));
  };
  return {
    info: to('info'),
    warn: to('warn'),
    error: to('error'),
    debug: to('debug'),
    show: () => channel.show(true),
    dispose: () => {
      open = false;
      channel.dispose();
    },
  };
}
