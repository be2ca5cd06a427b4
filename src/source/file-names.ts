/** Which language a file is of, by its name. */

/** Files whose functions the JavaScript side finds and runs. */
export function isJavaScriptLike(path: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/i.test(path);
}

export function isPython(path: string): boolean {
  return /\.pyw?$/i.test(path);
}
