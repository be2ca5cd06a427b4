import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ExportFormat } from '../../protocol/panel';
import { Icon } from './icon';
import { useRoving } from './roving';

const formats: readonly { readonly format: ExportFormat; readonly title: string; readonly note: string }[] = [
  { format: 'json', title: 'JSON', note: 'the report' },
  { format: 'csv', title: 'CSV', note: 'a line for each task' },
  { format: 'trace', title: 'Chrome trace', note: 'opens in Perfetto' },
];

/** A menu button: the arrows move, Escape closes, and leaving it closes it too. */
export function ExportMenu({ onExport }: { onExport: (format: ExportFormat) => void }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const roving = useRoving(formats.length, '[role=menuitem]');
  useLayoutEffect(() => {
    if (open) menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      class="menu-button"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <button ref={button} type="button" title="Export" aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="download" />
        <span class="word">Export</span>
        <Icon name="chevronDown" />
      </button>
      {open && (
        <div class="menu" role="menu" aria-label="Export" ref={menu} onKeyDown={roving.onKeyDown}>
          {formats.map(({ format, title, note }, i) => (
            <button
              key={format}
              type="button"
              role="menuitem"
              {...roving.item(i)}
              onClick={() => {
                close();
                onExport(format);
              }}
            >
              {title} <span class="note">{note}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
