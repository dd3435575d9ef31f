import { microsOf } from '../../shared/base/time.ts';
import { dateTimeText, minuteText, useZone, zoneLabel } from '../state/zone.ts';
import { Digits } from './Digits.tsx';

/** A time in the chosen zone; hovering says the zone and the exact text of the data. */
export function Moment({ iso, exact = false }: { iso: string | null; exact?: boolean }) {
  const zone = useZone();
  if (iso === null) return <span className="faint">not known</span>;
  const us = microsOf(iso);
  return (
    <time dateTime={iso} title={us === null ? iso : `${iso} · shown in ${zoneLabel(zone, us)}`}>
      <Digits text={exact ? dateTimeText(iso, zone) : minuteText(iso, zone)} />
    </time>
  );
}
