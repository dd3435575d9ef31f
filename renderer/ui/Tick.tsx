import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';
import './field.css';

interface TickProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** A box to tick, with its words. */
export function Tick({ checked, onChange, disabled = false, children }: TickProps) {
  return (
    <Checkbox className="tick" isSelected={checked} onChange={onChange} isDisabled={disabled}>
      <span className="tick-box" aria-hidden="true">
        <Check className="icon tick-sign" />
      </span>
      <span className="tick-text">{children}</span>
    </Checkbox>
  );
}
