import { X } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { ViewFilter } from '../../state/event-filter.ts';
import { type ChipNames, chipsOf } from './chips.ts';
import './filters.css';

interface FilterChipsProps {
  readonly filter: ViewFilter;
  readonly names: ChipNames;
  readonly put: (part: Partial<ViewFilter>) => void;
  readonly clear: () => void;
}

/** The filters in force, each with a button that takes it away. */
export function FilterChips({ filter, names, put, clear }: FilterChipsProps) {
  const chips = chipsOf(filter, names);
  return (
    <ul className="tl-chips" aria-label="Filters in force">
      {chips.map(({ key, text }) => (
        <li key={key} className="chip tl-chip" title={text}>
          <span className="cut">{text}</span>
          <Button
            className="tl-chip-off"
            aria-label={`Remove the filter: ${text}`}
            onPress={() => put({ [key]: undefined })}
          >
            <X className="icon" />
          </Button>
        </li>
      ))}
      {chips.length > 1 ? (
        <li>
          <Button className="tl-chips-clear" onPress={clear}>
            Remove all
          </Button>
        </li>
      ) : null}
    </ul>
  );
}
