import { Fragment, type ReactNode } from 'react';
import './panel.css';

/** Names and values, one under the other. A null value is said to be unknown, never left out or shown as nothing. */
export function Facts({ list }: { list: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {list.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span className="faint">not known</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
