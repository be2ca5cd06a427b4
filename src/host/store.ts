/** The part of `vscode.Memento` that we use: values outlive the window, and may be of an older version of ours. */
export interface Store {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
