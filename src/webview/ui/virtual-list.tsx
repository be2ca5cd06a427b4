import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { virtualRows, type VirtualRows } from '../layout/virtual-rows';

export interface VirtualListProps {
  readonly count: number;
  /** CSS pixels. */
  readonly rowHeight: number;
  readonly row: (i: number) => ComponentChildren;
  /** Follows the end while it is in sight. */
  readonly followEnd?: boolean;
  /** Stays in sight above the rows, and takes `headHeight` CSS pixels. */
  readonly head?: ComponentChildren;
  readonly headHeight?: number;
  readonly scroller?: { current: HTMLDivElement | null };
  readonly class?: string;
  readonly attributes?: Record<string, unknown>;
}

/** A long list of which only what is in sight is in the page. */
export function VirtualList({ count, rowHeight, row, followEnd = false, head, headHeight = 0, scroller, class: name, attributes }: VirtualListProps) {
  const own = useRef<HTMLDivElement>(null);
  const element = scroller ?? own;
  const [seen, setSeen] = useState({ scrolled: 0, viewport: 200 });
  const atEnd = useRef(true);
  const measure = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = element.current!;
    atEnd.current = scrollTop + clientHeight >= scrollHeight - rowHeight;
    setSeen({ scrolled: scrollTop, viewport: Math.max(0, clientHeight - headHeight) });
  };
  useEffect(() => {
    const observer = new ResizeObserver(measure);
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (followEnd && atEnd.current) element.current!.scrollTop = element.current!.scrollHeight;
  }, [count]);
  const rows: VirtualRows = virtualRows(count, rowHeight, seen.viewport, seen.scrolled);
  const shown = Array.from({ length: Math.max(0, rows.end - rows.first) }, (_, i) => row(rows.first + i));
  return (
    <div class={`virtual ${name ?? ''}`} ref={element} onScroll={measure} {...attributes}>
      {head}
      <div class="virtual-all" role="presentation" style={{ height: `${rows.total}px` }}>
        <div class="virtual-shown" role="presentation" style={{ transform: `translateY(${rows.offset}px)` }}>
          {shown}
        </div>
      </div>
    </div>
  );
}
