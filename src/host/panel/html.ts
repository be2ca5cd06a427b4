/** The page around the panel's script: it may load that and its style, and nothing else. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** What the webview calls its own files. */
  readonly cspSource: string;
  /** From a cryptographic source, a new one for every page. */
  readonly nonce: string;
}

export function panelHtml({ script, style, cspSource, nonce }: PageParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; img-src ${cspSource} data: blob:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Corewise profile</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
