/** What kept code does beside making values, when the module is loaded. */
import ts from 'typescript';
import type { SliceWarning } from '../../slice';
import { lineOf } from '../parse';
import { calledFunctions, calleeOf, callsUnder, isCall, type Call } from './calls';
import { brief } from './describe';
import { forEachImmediate } from './immediate';
import type { Item } from './items';
import type { ModuleModel } from './model';

/** The first call or `await` that runs when an item is evaluated, and that may do more than make a value. */
export function firstEffect({ kind, node }: Item): ts.Node | null {
  if (kind === 'function' || kind === 'import' || kind === 'type') return null;
  let first: ts.Node | null = null;
  forEachImmediate(node, (it) => {
    if (!first && (ts.isAwaitExpression(it) || (isCall(it) && !isPlain(it)))) first = it;
  });
  return first;
}

/** Calls that start something, or reach out of the process, when kept code is evaluated. */
export function effectWarnings(kept: Iterable<Item>, model: ModuleModel): SliceWarning[] {
  const { source, scope } = model;
  const warnings: SliceWarning[] = [];
  for (const item of kept) {
    if (item.kind === 'function' || item.kind === 'import' || item.kind === 'type') continue;
    for (const call of immediateCalls(item.node)) {
      const started = isStarting(call) ? call : calledFunctions([call], scope).flatMap((fn) => callsUnder(fn)).find(isStarting);
      if (!started) continue;
      const line = lineOf(source, call.getStart(source));
      const via = started === call ? '' : `, through \`${brief(call)}\``;
      const names = model.declaredBy(item);
      const why = names.length > 0 ? `\`${names[0]}\` is needed` : 'it sets up what is needed';
      warnings.push({
        code: 'effect',
        message: `\`${brief(started)}\` runs in each worker when the module is loaded${via} (line ${line}): ${why}.`,
        line,
      });
      break;
    }
  }
  return warnings;
}

function immediateCalls(root: ts.Node): Call[] {
  const calls: Call[] = [];
  forEachImmediate(root, (node) => {
    if (isCall(node)) calls.push(node);
  });
  return calls;
}

/** Starts a server, a timer or a process, or reaches out: by the name that such functions go by. */
function isStarting(call: Call): boolean {
  const callee = calleeOf(call);
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  return starting.test(name) || (name === 'on' && /^process\.on$/.test(callee.getText())) || /^process\.(?:exit|chdir)$/.test(callee.getText());
}

const starting =
  /^(?:listen|serve|setInterval|setTimeout|setImmediate|createServer|createConnection|connect|connectSync|fork|spawn|spawnSync|exec|execSync|execFile|execFileSync|watch|watchFile|addEventListener|fetch|writeFile|writeFileSync|appendFile|appendFileSync|mkdir|mkdirSync|rm|rmSync|unlink|unlinkSync|createWriteStream|Worker|WebSocket|BroadcastChannel)$/;

/** Makes a value and does nothing else. */
function isPlain(call: Call): boolean {
  const text = calleeOf(call).getText();
  return /^(?:require|Symbol(?:\.for)?|Number|String|Boolean|BigInt|parseInt|parseFloat|RegExp|String\.raw)$|^(?:Math|Object|Array|JSON|Reflect|Number|Date)\.\w+$/.test(text)
    ? true
    : ts.isNewExpression(call) && builtins.test(text);
}

const builtins =
  /^(?:(?:Weak)?(?:Map|Set)|Array|Object|Date|RegExp|URL|URLSearchParams|\w*Error|\w+Array|ArrayBuffer|DataView|TextEncoder|TextDecoder|AbortController|WeakRef|Intl\.\w+)$/;
