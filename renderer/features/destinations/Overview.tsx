import { humanBytes } from '../../../shared/base/bytes.ts';
import { groupedNumber, shareText } from '../../../shared/timeline/formats.ts';
import type { DestinationRow } from '../../../shared/types/destination.ts';
import type { ViewFilter } from '../../state/event-filter.ts';
import { Segments } from '../../ui/Segments.tsx';
import { type Measure, measures } from './map/map-marks.ts';
import { WorldMap } from './map/WorldMap.tsx';
import type { DestinationsAddress } from './place-address.ts';
import { bytesOf } from './sums.ts';

interface OverviewProps {
  readonly countries: readonly DestinationRow[];
  readonly states: readonly DestinationRow[];
  readonly view: DestinationsAddress;
  readonly change: (part: Partial<DestinationsAddress>) => void;
  readonly put: (part: Partial<ViewFilter>) => void;
}

const measureWords: Readonly<Record<Measure, string>> = {
  sent: '↑ Sent',
  received: '↓ Received',
  contacts: 'Contacts',
};

/** Where the servers stand, beside whose law can command who runs or owns them: two facts that are never mixed. */
export function Overview({ countries, states, view, change, put }: OverviewProps) {
  const counted = bytesOf(countries, 'sent') !== null;
  const measure = view.measure ?? (counted ? 'sent' : 'contacts');
  const { country = null, state = null } = view.filter;
  return (
    <section className="dest-top" aria-label="Map and states">
      <div className="dest-map">
        <WorldMap
          rows={countries}
          measure={measure}
          chosen={country}
          onChoose={(code) => put({ country: code ?? undefined })}
        />
      </div>
      <div className="dest-side">
        <div className="dest-side-head">
          <span className="quiet">Amount:</span>
          <Segments
            label="What the map and the bars show"
            value={measure}
            onChange={(next) => change({ measure: next })}
            options={measures.map((key) => ({ key, text: measureWords[key] }))}
          />
        </div>
        <div className="dest-lists">
          <BarList
            title="Place of the servers"
            rows={countries}
            measure={measure}
            chosen={country}
            onChoose={(code) => put({ country: code ?? undefined })}
          />
          <BarList
            title="State that can command owner or operator"
            rows={states}
            measure={measure}
            chosen={state}
            onChoose={(code) => put({ state: code ?? undefined, whose: code === null ? undefined : 'first' })}
          />
        </div>
      </div>
    </section>
  );
}

interface BarListProps {
  readonly title: string;
  readonly rows: readonly DestinationRow[];
  readonly measure: Measure;
  readonly chosen: string | null;
  readonly onChoose: (code: string | null) => void;
}

/** Names with their amounts, the most first; one press filters by a name, another takes the filter away. */
function BarList({ title, rows, measure, chosen, onChoose }: BarListProps) {
  const amounts = rows.map((row) => row[measure]);
  const whole = amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
  const known = (row: DestinationRow) => row.key !== null && row.key !== 'inner';
  const most = Math.max(1, ...rows.filter(known).map((row) => row[measure] ?? 0));
  const text = (amount: number | null) =>
    amount === null ? 'not told' : measure === 'contacts' ? groupedNumber(amount) : humanBytes(amount);
  // What has no place or state comes last, however much it is: it is no answer to the question of the list.
  const ordered = [...rows].sort(
    (a, b) => Number(known(b)) - Number(known(a)) || (b[measure] ?? -1) - (a[measure] ?? -1) || b.contacts - a.contacts,
  );
  return (
    <section className="bars">
      <h2 className="bars-title">{title}</h2>
      <ol className={`bars-list map-marks-${measure}`}>
        {ordered.map((row) => {
          const amount = row[measure];
          const inner = !known(row);
          const inside = (
            <>
              <span className="bars-code" aria-hidden="true">
                {inner ? '' : row.key}
              </span>
              <span className="cut bars-name">{row.name}</span>
              <span className="bars-amount number">{text(amount)}</span>
              <span className="bars-share number">{amount === null ? '' : (shareText(amount, whole) ?? '')}</span>
              <span className="bars-bar" aria-hidden="true">
                <i style={{ inlineSize: `${inner ? 0 : ((amount ?? 0) / most) * 100}%` }} />
              </span>
            </>
          );
          return (
            <li key={row.key ?? ' '}>
              {inner ? (
                <span className="bars-row faint">{inside}</span>
              ) : (
                <button
                  type="button"
                  className="bars-row bars-button"
                  aria-pressed={chosen === row.key}
                  onClick={() => onChoose(chosen === row.key ? null : row.key)}
                >
                  {inside}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
