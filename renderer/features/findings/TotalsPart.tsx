import { bytesInFull, groupedNumber, humanBytes } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { FindingTotals } from '../../../shared/types/finding.ts';
import { stretchOf } from './finding-words.ts';

const mostLanes = 5;

/** What the stretch of a finding adds up to. */
export function TotalsPart({ totals, zone }: { totals: FindingTotals; zone: Zone }) {
  const lanes = totals.lanes.filter((lane) => lane.sent + lane.received > 0);
  const more = lanes.length - mostLanes + totals.lanesMore;
  return (
    <div className="finding-totals">
      <p>
        <strong>{stretchOf(totals, zone)}</strong>
      </p>
      <p>
        <span className="tl-tone-sent" title={bytesInFull(totals.sent)}>
          ↑ {humanBytes(totals.sent)} sent
        </span>
        , of it {humanBytes(totals.sentBackground)} in the background;{' '}
        <span className="tl-tone-received" title={bytesInFull(totals.received)}>
          ↓ {humanBytes(totals.received)} received
        </span>
        , of it {humanBytes(totals.receivedBackground)} in the background; {groupedNumber(totals.events)} counted{' '}
        {totals.events === 1 ? 'interval' : 'intervals'}
        {totals.others === 0
          ? ''
          : `; besides ${groupedNumber(totals.others)} ${totals.others === 1 ? 'contact or look-up' : 'contacts and look-ups'}, which enter no sum`}
        .
      </p>
      {lanes.length === 0 ? null : (
        <p className="quiet">
          {lanes.slice(0, mostLanes).map((lane, at) => (
            <span key={lane.key}>
              {at === 0 ? '' : ' · '}
              <bdi>{lane.name}</bdi>{' '}
              <span className="finding-lane">
                ↑ {humanBytes(lane.sent)} ↓ {humanBytes(lane.received)}
              </span>
            </span>
          ))}
          {more > 0 ? ` · and ${groupedNumber(more)} more` : ''}
        </p>
      )}
    </div>
  );
}
