import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon';

export interface CardProps {
  readonly title: string;
  readonly note?: string;
  /** Whether all charts show as tables. */
  readonly tables: boolean;
  readonly chart: () => ComponentChildren;
  readonly table: () => ComponentChildren;
}

/** A chart with a button that shows it as a table. */
export function Card({ title, note, tables, chart, table }: CardProps) {
  const [asTable, setAsTable] = useState(tables);
  useEffect(() => setAsTable(tables), [tables]);
  return (
    <section class="card" aria-label={title}>
      <div class="heading">
        <h2>{title}</h2>
        <span class="note">{note}</span>
        <span class="spring" />
        <TableButton title={title} pressed={asTable} onClick={() => setAsTable(!asTable)} />
      </div>
      {asTable ? table() : chart()}
    </section>
  );
}

export const TableButton = (props: { title: string; pressed: boolean; onClick: () => void }) => (
  <button type="button" class="tool" aria-pressed={props.pressed} title="Show as a table (T)" aria-label={`${props.title} as a table`} onClick={props.onClick}>
    <Icon name="table" />
  </button>
);
