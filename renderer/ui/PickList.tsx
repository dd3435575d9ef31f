import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox, GridList, GridListItem, ListLayout, type Selection, Virtualizer } from 'react-aria-components';
import './pick-list.css';

export interface PickItem {
  readonly key: string;
  /** What a screen reader calls it, and what typing letters finds. */
  readonly text: string;
  readonly cells: ReactNode;
}

interface PickListProps {
  readonly label: string;
  readonly items: readonly PickItem[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  /** Shown where rows would be. */
  readonly empty: string;
  /** Height of a row in rem. */
  readonly row: number;
}

function pixelsOf(rem: number): number {
  return rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/**
 * A long list of things to tick, of which only the visible rows exist. Arrows move, Space ticks, Ctrl+A ticks all that are shown; what is
 * chosen and not shown stays chosen.
 */
export function PickList({ label, items, chosen, onChoose, empty, row }: PickListProps) {
  function settle(selection: Selection): void {
    onChoose(
      selection === 'all' ? new Set([...chosen, ...items.map(({ key }) => key)]) : new Set([...selection].map(String)),
    );
  }
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: pixelsOf(row) }}>
      <GridList
        className="pick"
        aria-label={label}
        items={items.map((item) => ({ ...item, id: item.key }))}
        selectionMode="multiple"
        selectedKeys={chosen as Set<string>}
        onSelectionChange={settle}
        escapeKeyBehavior="none"
        renderEmptyState={() => <p className="pick-none">{empty}</p>}
      >
        {(item) => (
          <GridListItem id={item.key} textValue={item.text} className="pick-item">
            <Checkbox slot="selection" className="tick">
              <span className="tick-box" aria-hidden="true">
                <Check className="icon tick-sign" />
              </span>
            </Checkbox>
            {item.cells}
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}
