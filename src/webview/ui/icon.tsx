import chevronDown from '@vscode/codicons/src/icons/chevron-down.svg';
import circleSlash from '@vscode/codicons/src/icons/circle-slash.svg';
import close from '@vscode/codicons/src/icons/close.svg';
import debugStop from '@vscode/codicons/src/icons/debug-stop.svg';
import download from '@vscode/codicons/src/icons/desktop-download.svg';
import error from '@vscode/codicons/src/icons/error.svg';
import graphLine from '@vscode/codicons/src/icons/graph-line.svg';
import play from '@vscode/codicons/src/icons/play.svg';
import screenFull from '@vscode/codicons/src/icons/screen-full.svg';
import table from '@vscode/codicons/src/icons/table.svg';
import warning from '@vscode/codicons/src/icons/warning.svg';
import untrusted from '@vscode/codicons/src/icons/workspace-untrusted.svg';
import zoomIn from '@vscode/codicons/src/icons/zoom-in.svg';
import zoomOut from '@vscode/codicons/src/icons/zoom-out.svg';

const texts = { chevronDown, circleSlash, close, debugStop, download, error, graphLine, play, screenFull, table, warning, untrusted, zoomIn, zoomOut };
export type IconName = keyof typeof texts;

/** The outlines of a codicon: drawn as elements of our own, no markup is parsed. */
const outlines = (svg: string): string[] => [...svg.matchAll(/ d="([^"]+)"/g)].map((match) => match[1]!);

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    {outlines(texts[name]).map((d) => (
      <path key={d} d={d} fill-rule="evenodd" />
    ))}
  </svg>
);
