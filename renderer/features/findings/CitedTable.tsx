import { isoOf } from '../../../shared/base/time.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { CitedEventView } from '../../../shared/types/finding.ts';
import { minuteText } from '../../state/zone.ts';
import { amount, placeOf, whoOf } from './finding-words.ts';

interface CitedTableProps {
  readonly label: string;
  readonly cited: readonly CitedEventView[];
  readonly zone: Zone;
  /** Opens an event; absent: they cannot be opened here. */
  readonly onEvent?: (id: string) => void;
  readonly chosen?: string | null;
}

/** Cited events with their places in the evidence. */
export function CitedTable({ label, cited, zone, onEvent, chosen = null }: CitedTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
    <section className="finding-cited" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">Interval</th>
            <th scope="col">App, peer</th>
            <th scope="col" className="number">
              Sent
            </th>
            <th scope="col" className="number">
              Received
            </th>
            <th scope="col">Stands in</th>
          </tr>
        </thead>
        <tbody>
          {cited.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a citation is its place in the list
            <tr key={at} aria-current={one.id !== null && one.id === chosen ? 'true' : undefined}>
              <td>
                {minuteText(isoOf(one.fromUs), zone)} – {minuteText(isoOf(one.toUs), zone).slice(11)}
              </td>
              <td className="cut">{whoOf(one)}</td>
              <td className="number">{amount(one.sent)}</td>
              <td className="number">{amount(one.received)}</td>
              <td>
                {one.id === null || onEvent === undefined ? (
                  <>
                    {placeOf(one)}
                    {one.id === null ? <span className="faint"> · not found again</span> : null}
                  </>
                ) : (
                  <button
                    type="button"
                    className="finding-place"
                    aria-label={`Event ${one.id}, ${placeOf(one)}`}
                    onClick={() => onEvent(one.id!)}
                  >
                    {placeOf(one)}
                  </button>
                )}
                {one.id !== null && !one.same ? <span className="faint"> · says something else now</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
