import { humanBytes } from '../../../shared/base/bytes.ts';
import { hrefOf } from '../../state/address-store.ts';
import { useZone } from '../../state/zone.ts';
import { Segments } from '../../ui/Segments.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { clockOf, openWords, stateWords, stopwatch } from '../phone/live-words.ts';
import type { Following } from './use-following.ts';
import { followSpans } from './view-address.ts';
import './live-line.css';

/** While a phone is acquired live: how that stands, and whether the window follows it. Absent otherwise. */
export function LiveLine({ following }: { following: Following }) {
  const zone = useZone();
  const { live: task, nowUs, span } = following;
  if (task === null) return null;
  const { live } = task;
  const gap = live.gaps.findLast((one) => one.toUs === null);
  return (
    <section className="tl-live" aria-label="Live acquisition">
      <a className={`tl-live-state tl-live-${live.state}`} href={hrefOf('phone')} title="To the live acquisition">
        <i aria-hidden="true" />
        <strong>{stateWords[live.state]}</strong>
      </a>
      <span className="tl-live-watch">{stopwatch(nowUs - live.startedUs)}</span>
      {live.state === 'waiting' && gap ? (
        <span className="tl-live-gap">
          no answers since {clockOf(gap.fromUs, zone)}; <a href={hrefOf('phone')}>what to do</a>
        </span>
      ) : (
        <span className="quiet tl-live-facts">
          {openWords(live)}
          {live.sent === null || live.received === null
            ? '; this phone shows no counters'
            : `; ↑ ${humanBytes(live.sent)} ↓ ${humanBytes(live.received)} since it began`}
        </span>
      )}
      {live.state === 'waiting' && gap ? <div className="tl-bar-gap" /> : null}
      <Toggle on={span !== null} onChange={following.toggle}>
        Follow <kbd>F</kbd>
      </Toggle>
      <Segments
        label="How much of the newest time is kept in sight"
        value={span ?? ''}
        onChange={(key) => {
          if (key !== '') following.choose(key);
        }}
        options={followSpans.map(({ key, text }) => ({ key, text }))}
      />
    </section>
  );
}
