import { useEffect, useRef } from 'react';
import type { RawView } from '../../shared/types/event.ts';
import './raw-lines.css';

/** Lines of the evidence as they stand, with their numbers; the line that was read from is marked and brought into sight. */
export function RawLines({ raw }: { raw: RawView }) {
  const hit = useRef<HTMLTableRowElement>(null);
  const first = raw.lines.findIndex((line) => line.hit);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines, other place to show
  useEffect(() => {
    hit.current?.scrollIntoView({ block: 'nearest' });
  }, [raw]);
  if (raw.lines.length === 0) {
    return <p className="faint">This evidence holds no text lines at that place: it is binary.</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <div className="raw" role="region" aria-label={`Raw lines of ${raw.name}`} tabIndex={0} dir="ltr">
      <table className="raw-table">
        <tbody>
          {raw.lines.map((line, index) => (
            <tr
              key={`${line.n ?? 'x'}-${index}`}
              ref={index === first ? hit : null}
              className={line.hit ? 'raw-hit' : undefined}
            >
              <th scope="row" className="raw-number">
                {line.hit ? <span className="unseen">read from this line: </span> : null}
                {line.n ?? ''}
              </th>
              <td className="raw-text">{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
