import { Check, CircleHelp, Minus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Reason } from '../../../shared/types/explanation.ts';
import { hrefOf, useAddress } from '../../state/address-store.ts';

/** A link to an event, or to a piece of evidence, from wherever it is cited. */
export function EvidenceLink({ id, children }: { id: string; children?: ReactNode }) {
  const place = useAddress((address) => address.place);
  const view = useAddress((address) => address.view);
  const opens = ['timeline', 'apps', 'destinations', 'findings'].includes(place) ? place : 'timeline';
  const href = /^E\d/.test(id)
    ? hrefOf('evidence', { file: id })
    : hrefOf(opens, { ...(opens === place ? view : {}), event: id });
  return (
    <a href={href} aria-label={/^E\d/.test(id) ? `Evidence ${id}` : `Event ${id}`}>
      {children ?? id}
    </a>
  );
}

const signs = { for: Check, against: X, decides: CircleHelp, limit: Minus } as const;
const names = { for: 'for it', against: 'against it', decides: 'would decide it', limit: '' } as const;

interface ReasonsProps {
  readonly title: string;
  readonly tone: 'for' | 'against';
  readonly list: readonly Reason[];
}

/** Reasons with what each rests on: a line of the case, or a source with its date. */
export function Reasons({ title, tone, list }: ReasonsProps) {
  if (list.length === 0) return null;
  const Sign = signs[tone];
  return (
    <section className="grounds" aria-label={`Reasons ${names[tone]}`}>
      <h4 className="grounds-title">{title}</h4>
      <ul>
        {list.map(({ text, evidence, source }) => (
          <li key={`${text} ${evidence} ${source}`}>
            <Sign className={`icon reason-${tone}`} />
            <span>
              {text}
              {evidence === null && source === null ? null : (
                <span className="reason-basis">
                  {' '}
                  {evidence === null ? null : <EvidenceLink id={evidence} />}
                  {evidence !== null && source !== null ? ' · ' : null}
                  {source}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Sentences without a basis of their own. */
export function Sentences({
  title,
  tone,
  list,
}: {
  title: string | null;
  tone: 'decides' | 'limit';
  list: readonly string[];
}) {
  if (list.length === 0) return null;
  const Sign = signs[tone];
  return (
    <section className="grounds">
      {title === null ? null : <h4 className="grounds-title">{title}</h4>}
      <ul>
        {list.map((text) => (
          <li key={text}>
            <Sign className="icon reason-limit" />
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
