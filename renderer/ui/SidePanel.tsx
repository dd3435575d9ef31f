import { X } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { IconButton } from './Button.tsx';
import './panel.css';

interface SidePanelProps {
  /** The panel's accessible name. */
  readonly label: string;
  readonly title: ReactNode;
  readonly under?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Takes the focus when it opens. Off where the person goes on with the list beside it. */
  readonly takesFocus?: boolean;
}

/** What was chosen, beside where it was chosen. Escape inside closes it. */
export function SidePanel({ label, title, under, onClose, children, takesFocus = false }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  // Whoever had the focus before gets it back, if it is in here when the panel goes.
  useLayoutEffect(() => {
    const own = panel.current;
    const before = document.activeElement;
    return () => {
      if (own?.contains(document.activeElement) && before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    if (takesFocus) panel.current?.focus();
  }, [takesFocus]);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="panel"
      aria-label={label}
      onKeyDown={(press) => {
        if (press.key !== 'Escape' || press.defaultPrevented) return;
        press.stopPropagation();
        onClose();
      }}
    >
      <header className="panel-head">
        <div className="panel-names">
          <h2 className="panel-title">{title}</h2>
          {under === undefined ? null : <div className="panel-under">{under}</div>}
        </div>
        <IconButton label="Close panel" icon={<X className="icon" />} onPress={onClose} />
      </header>
      <div className="panel-body">{children}</div>
    </aside>
  );
}

/** A part of a panel with its heading. */
export function PanelPart({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="panel-part">
      <h3 className="panel-part-title">
        {title}
        {note === undefined ? null : <span className="panel-part-note">{note}</span>}
      </h3>
      {children}
    </section>
  );
}
