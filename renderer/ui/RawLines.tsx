import { useEffect, useRef } from 'react';
import type { RawView } from '../../shared/types/event.ts';
import './raw-lines.css';

/** Lines of the evidence as they stand, with their numbers; the line that was read from is marked and brought into sight. */
export function RawLines({ raw }: { raw: RawView }) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const hit = frame.current?.querySelector<HTMLElement>('.raw-hit');
    // Bytes in hexadecimal say less than what stands above them: only their own frame moves.
    if (frame.current && hit && raw.lines.every((line) => line.n === null)) {
      frame.current.scrollTop = hit.offsetTop - frame.current.clientHeight / 2;
    } else hit?.scrollIntoView({ block: 'nearest' });
  }, [raw]);
  if (raw.lines.length === 0) {
    return <p className="faint">This evidence holds no text at that place: it is binary.</p>;
  }
  const lines = raw.lines.map((line, index) => ({ ...line, key: index }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <section ref={frame} className="raw" aria-label={`Raw lines of ${raw.name}`} tabIndex={0} dir="ltr">
      <table className="raw-table">
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className={line.hit ? 'raw-hit' : undefined}>
              <th scope="row" className="raw-number">
                {line.hit ? <span className="unseen">read from this line: </span> : null}
                {line.n ?? ''}
              </th>
              <td className="raw-text">{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
