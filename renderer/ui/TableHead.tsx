// biome-ignore-all lint/a11y/useSemanticElements: see DataTable.tsx
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons inside take the focus
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Column, Sorting } from './columns.ts';

interface HeadRowProps<R> {
  readonly columns: readonly Column<R>[];
  readonly shape: CSSProperties;
  readonly sorting: Sorting | undefined;
  readonly onSort: ((sorting: Sorting) => void) | undefined;
}

/** Headings that stay on top. A heading that sorts is a button and says the order it made. */
export function HeadRow<R>({ columns, shape, sorting, onSort }: HeadRowProps<R>) {
  return (
    <div className="table-head" role="rowgroup">
      <div role="row" aria-rowindex={1} className="table-head-row" style={shape}>
        {columns.map((column) => {
          const mine = sorting?.by === column.key;
          const sortable = column.order !== undefined && onSort !== undefined;
          const Arrow = sorting?.down ? ArrowDown : ArrowUp;
          return (
            <div
              key={column.key}
              role="columnheader"
              title={column.hint}
              aria-sort={mine ? (sorting.down ? 'descending' : 'ascending') : undefined}
              className={column.number ? 'table-heading number' : 'table-heading'}
            >
              {sortable ? (
                <button
                  type="button"
                  className={mine ? 'table-sort table-sorted' : 'table-sort'}
                  onClick={() => onSort({ by: column.key, down: mine ? !sorting.down : column.number === true })}
                >
                  {column.title}
                  {mine ? <Arrow className="icon" /> : null}
                </button>
              ) : (
                column.title
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
