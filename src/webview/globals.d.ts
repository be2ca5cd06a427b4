/** Icons come as the text of their SVG. */
declare module '*.svg' {
  const text: string;
  export default text;
}

declare module '*.css';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** VS Code gives it once to each page. */
declare function acquireVsCodeApi(): VsCodeApi;
