import type { ReactNode } from 'react';
import './notice.css';

interface EmptyPlaceProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What would fill the place. */
  readonly children: ReactNode;
  readonly act?: ReactNode;
}

export function EmptyPlace({ icon, title, children, act }: EmptyPlaceProps) {
  return (
    <div className="empty">
      {icon}
      <h2 className="empty-title">{title}</h2>
      <p className="empty-words">{children}</p>
      {act ? <div className="empty-act">{act}</div> : null}
    </div>
  );
}
