import type { ComponentChildren } from 'preact';

/** A plain table of a chart's numbers; the first column names the row. */
export const DataTable = (props: { caption: string; head: readonly string[]; rows: readonly (readonly ComponentChildren[])[] }) => (
  <table class="data">
    <caption class="unseen">{props.caption}</caption>
    <thead>
      <tr>
        {props.head.map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {props.rows.map(([first, ...cells], i) => (
        <tr key={i}>
          <th scope="row">{first}</th>
          {cells.map((cell, column) => (
            <td key={column}>{cell}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
