import type { LabelView } from '../../../shared/types/event.ts';
import { Fold } from '../../ui/Fold.tsx';

/** Labels that lists gave to an event, each with its source: what explanations are made from. */
export function Labels({ list }: { list: readonly LabelView[] }) {
  if (list.length === 0) return null;
  return (
    <div className="candidates">
      <Fold level={4} title="Labels" note={`${list.length === 1 ? 'one' : list.length}, each by a named source`}>
        <ul className="labels">
          {list.map((label) => (
            <li key={`${label.kind} ${label.value} ${label.source}`}>
              <p>
                <span className="quiet">{label.kind}: </span>
                <strong>{label.value}</strong>
              </p>
              <p className="quiet">{label.why}</p>
              <p className="faint">
                {label.source}, {label.date} · confidence {label.confidence}
              </p>
            </li>
          ))}
        </ul>
      </Fold>
    </div>
  );
}
