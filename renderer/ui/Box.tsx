import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import './notice.css';

const icons = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, info: Info } as const;

interface BoxProps {
  readonly tone: keyof typeof icons;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** Read aloud when it appears. */
  readonly live?: boolean;
}

/** A framed remark with a sign, so that colour is never the only one. */
export function Box({ tone, title, children, live = false }: BoxProps) {
  const Sign = icons[tone];
  return (
    <div className={`box box-${tone}`} {...(live ? { role: 'status' } : {})}>
      <Sign className="icon" />
      <div className="box-words">
        {title === undefined ? null : <p className="box-first">{title}</p>}
        {children}
      </div>
    </div>
  );
}
