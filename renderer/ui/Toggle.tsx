import type { ReactNode } from 'react';
import { Switch } from 'react-aria-components';
import './toggle.css';

interface ToggleProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: ReactNode;
}

/** A switch that acts at once; the place of its knob says how it stands, not its colour alone. */
export function Toggle({ on, onChange, children }: ToggleProps) {
  return (
    <Switch className="toggle" isSelected={on} onChange={onChange}>
      <span className="toggle-track" aria-hidden="true">
        <span className="toggle-knob" />
      </span>
      <span>{children}</span>
    </Switch>
  );
}
