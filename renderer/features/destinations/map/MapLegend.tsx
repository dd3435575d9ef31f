import { humanBytes } from '../../../../shared/base/bytes.ts';
import { groupedNumber } from '../../../../shared/timeline/formats.ts';
import { LEAST_RADIUS, legendAmounts, type MapMark, type Measure, radiusOf } from './map-marks.ts';

interface MapLegendProps {
  readonly marks: readonly MapMark[];
  readonly measure: Measure;
  /** Radius of the largest circle of the map, pixels. */
  readonly full: number;
}

/** What the circles mean, in bytes or contacts, at the size that they have on the map. */
export function MapLegend({ marks, measure, full }: MapLegendProps) {
  const most = Math.max(0, ...marks.map(({ amount }) => amount ?? 0));
  const amounts = legendAmounts(most, full);
  const text = (amount: number) =>
    measure === 'contacts' ? `${groupedNumber(amount)} ${amount === 1 ? 'contact' : 'contacts'}` : humanBytes(amount);
  const unknown = marks.some(({ amount }) => amount === null);
  const disputed = marks.some((mark) => mark.disputed);
  return (
    <ul className={`map-legend map-marks-${measure}`} aria-label="What the map shows">
      {amounts.map((amount) => {
        const radius = radiusOf(amount, most, full);
        return (
          <li key={amount}>
            <svg width={radius * 2 + 2} height={radius * 2 + 2} aria-hidden="true">
              <circle className="map-circle" cx={radius + 1} cy={radius + 1} r={radius} />
            </svg>
            {radius === LEAST_RADIUS ? `${text(amount)} or less` : text(amount)}
          </li>
        );
      })}
      {unknown ? (
        <li>
          <svg width={10} height={10} aria-hidden="true">
            <rect className="map-unknown" x={1} y={1} width={8} height={8} />
          </svg>
          contacted, bytes not told
        </li>
      ) : null}
      {disputed ? (
        <li>
          <svg width={16} height={16} aria-hidden="true">
            <circle className="map-circle" cx={8} cy={8} r={5} />
            <circle className="map-disputed" cx={8} cy={8} r={7.2} />
          </svg>
          sources disagree
        </li>
      ) : null}
    </ul>
  );
}
