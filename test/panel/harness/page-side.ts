/** Functions that run inside the page. Each is sent as its own text, so that none may name anything outside itself. */
import type { ThemeStandIn } from './themes';

declare global {
  interface Window {
    corewiseTest: { violations: string[]; state: unknown };
    sendToHost(message: unknown): void;
  }
}

/** Stands in for what VS Code provides before the page's own script, and listens for what must not happen. */
export function standIn({ theme, state }: { theme: ThemeStandIn; state: unknown }): void {
  // As in VS Code, the state outlives the page.
  const kept = sessionStorage.getItem('state');
  window.corewiseTest = { violations: [], state: kept === null ? state : (JSON.parse(kept) as unknown) };
  document.addEventListener('securitypolicyviolation', (event) => {
    window.corewiseTest.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => window.sendToHost(message),
      getState: () => window.corewiseTest.state,
      setState: (next: unknown) => {
        window.corewiseTest.state = next;
        sessionStorage.setItem('state', JSON.stringify(next));
      },
    }),
  });
  const apply = (): void => {
    for (const [name, value] of Object.entries(theme.variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
    document.body.className = theme.classes.join(' ');
  };
  document.addEventListener('DOMContentLoaded', apply);
}

/** As VS Code does when a person chooses another theme. */
export function changeTheme(theme: ThemeStandIn): void {
  document.documentElement.removeAttribute('style');
  for (const [name, value] of Object.entries(theme.variables)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
  document.body.className = theme.classes.join(' ');
}

/** Delivers a message of the host; a buffer travels as base64 and arrives as an ArrayBuffer. */
export async function deliver({ message, data }: { message: object; data: string | null }): Promise<void> {
  if (data === null) return window.postMessage(message, '*');
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  window.postMessage({ ...message, data: bytes.buffer }, '*', [bytes.buffer]);
}
