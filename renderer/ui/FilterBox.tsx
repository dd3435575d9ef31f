import { Search, X } from 'lucide-react';
import { Button, Input, SearchField } from 'react-aria-components';
import './field.css';

interface FilterBoxProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Narrows a list by text; Escape empties it. */
export function FilterBox({ label, placeholder, value, onChange }: FilterBoxProps) {
  return (
    <SearchField className="filter" aria-label={label} value={value} onChange={onChange}>
      <Search className="icon" />
      <Input className="input" placeholder={placeholder} />
      <Button className="filter-clear" aria-label="Empty the filter">
        <X className="icon" />
      </Button>
    </SearchField>
  );
}
