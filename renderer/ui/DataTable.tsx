// biome-ignore-all lint/a11y/useSemanticElements: rows that do not exist cannot stand in a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the current row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys, see onKeyDown
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { Column, Sorting } from './columns.ts';
import { HeadRow } from './TableHead.tsx';
import './table.css';

interface DataTableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  keyOf(row: R): string;
  /** Key of the row whose panel is open. */
  readonly chosen?: string | null;
  readonly onChoose?: (row: R) => void;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  /** Shown where rows would be. */
  readonly empty?: ReactNode;
  /** Called when the last rows come into sight. */
  readonly onEnd?: () => void;
}

/** A row is 1.75 rem high; the virtual list wants pixels. */
function rowPixels(): number {
  return 1.75 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

const pageOfRows = 12;

/**
 * A long table of which only the visible rows exist. One stop for Tab; arrows, Home, End and Page keys move the
 * current row, Enter chooses it. Once a row is chosen the choice follows the arrows.
 */
export function DataTable<R>(props: DataTableProps<R>) {
  const { label, rows, columns, keyOf, chosen = null, onChoose, sorting, onSort, empty, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [current, setCurrent] = useState(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowPixels,
    overscan: 10,
    scrollPaddingStart: rowPixels(),
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 1) onEnd?.();
  }, [lastShown, rows.length, onEnd]);

  const template = columns
    .map(({ rem, grow = 0 }) => (grow > 0 ? `minmax(${rem}rem, ${grow}fr)` : `${rem}rem`))
    .join(' ');
  const least = columns.reduce((sum, column) => sum + column.rem, 0);
  const shape = { gridTemplateColumns: template };

  function moveTo(index: number): void {
    const target = Math.max(0, Math.min(rows.length - 1, index));
    setCurrent(target);
    virtual.scrollToIndex(target);
    const row = rows[target];
    if (row !== undefined && chosen !== null) onChoose?.(row);
  }

  function onKeyDown(press: KeyboardEvent): void {
    if (press.target !== scroller.current || rows.length === 0) return;
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + pageOfRows,
      PageUp: current - pageOfRows,
      Home: 0,
      End: rows.length - 1,
    };
    const target = moves[press.key];
    if (target !== undefined) {
      press.preventDefault();
      moveTo(target);
      return;
    }
    const row = rows[current];
    if ((press.key === 'Enter' || press.key === ' ') && row !== undefined) {
      press.preventDefault();
      onChoose?.(row);
      requestAnimationFrame(focusPanel);
    }
  }

  /** From the keyboard, choosing leads into the panel that opens beside; Escape there leads back. */
  function focusPanel(): void {
    const panel = scroller.current?.parentElement?.querySelector(':scope > .panel');
    if (panel instanceof HTMLElement) panel.focus();
  }

  return (
    <div
      ref={scroller}
      className="table"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={rows.length > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="table-sizer" style={{ minWidth: `${least + 1}rem` }}>
        <HeadRow columns={columns} shape={shape} sorting={sorting} onSort={onSort} />
        <div className="table-rows" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index]!;
            const key = keyOf(row);
            return (
              <div
                key={key}
                id={`${id}-${index}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={chosen === key}
                className={`table-row${index === current ? ' table-current' : ''}${onChoose ? ' table-open' : ''}`}
                style={{ ...shape, transform: `translateY(${start}px)` }}
                onClick={() => {
                  setCurrent(index);
                  onChoose?.(row);
                }}
              >
                {columns.map((column) => (
                  <div
                    key={column.key}
                    role="gridcell"
                    className={column.number ? 'table-cell number' : 'table-cell cut'}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? <div className="table-empty">{empty}</div> : null}
    </div>
  );
}
