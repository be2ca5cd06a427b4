import type { Slice, SliceItem } from '../../source/slice';
import { RefusedError } from '../../session/refused-error';
import type { SliceArguments } from '../arguments';
import { ExitCode } from '../exit-codes';
import { withEngine } from '../open-engine';
import { print, printJson } from '../output';
import { chosenTarget, parseTarget } from '../target';
import { harmless, terminalOf, type Style } from '../terminal';

export async function slice({ target: words, json }: SliceArguments): Promise<ExitCode> {
  return withEngine(async (engine) => {
    const { target } = await chosenTarget(engine, parseTarget(words));
    const about = { file: target.file, function: target.function, line: target.line };
    try {
      const { text, ...rest } = await engine.slice({ target, inputs: { kind: 'repeat', times: 1 } });
      if (json) await printJson({ version: 1, target: about, ...rest, code: text });
      else await print([sliceText({ text, ...rest }, terminalOf(process.stdout, process.env).style)]);
      return ExitCode.ok;
    } catch (fault) {
      if (!(fault instanceof RefusedError)) throw fault;
      const { code, message, line } = fault;
      if (json) await printJson({ version: 1, target: about, refusal: { code, message, line } });
      process.stderr.write(`corewise: ${harmless(target.function)} cannot be run by itself: ${harmless(message)} (${words.split('#')[0]}:${line})\n`);
      return ExitCode.refused;
    }
  });
}

/** The code with its line numbers, then what was kept and left out, and what to know of it. */
export function sliceText({ text, kept, leftOut, captures, warnings }: Slice, style: Style): string {
  const sections = [
    codeLines(text, style),
    captures.length === 0 ? [] : [`${style.bold('Uses')} ${captures.map(harmless).join(', ')}`],
    itemLines('Kept', kept, style),
    itemLines('Left out', leftOut, style),
    warnings.length === 0 ? [] : [style.bold('Know'), ...warnings.map(({ message }) => `  ${style.yellow('!')} ${harmless(message)}`)],
  ];
  return `${sections.filter((it) => it.length > 0).map((it) => it.join('\n')).join('\n\n')}\n`;
}

/** Lines that hold code; where others lie between, a sign. */
function codeLines(text: string, style: Style): string[] {
  const lines = text.split(/\r\n|[\r\n]/);
  const width = String(lines.length).length;
  const shown: string[] = [];
  let last = 0;
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (last > 0 && i > last) shown.push(style.dim(`${' '.repeat(width)}   …`));
    last = i + 1;
    shown.push(`${style.dim(`${String(i + 1).padStart(width)} │`)} ${harmless(line.trimEnd().replaceAll('\t', '  '))}`);
  }
  return shown;
}

function itemLines(title: string, items: readonly SliceItem[], style: Style): string[] {
  if (items.length === 0) return [];
  const width = Math.min(44, Math.max(...items.map((it) => harmless(it.what).length)));
  const number = String(Math.max(...items.map((it) => it.line))).length;
  const line = (it: SliceItem): string =>
    `  ${style.dim(String(it.line).padStart(number))}  ${harmless(it.what).padEnd(width)}  ${style.dim(harmless(it.why))}`;
  return [style.bold(title), ...items.map(line)];
}
