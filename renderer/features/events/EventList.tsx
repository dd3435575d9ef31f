import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import { MINUTE, microsOf, SECOND } from '../../../shared/base/time.ts';
import { durationText, groupedNumber } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { EventFilter, EventView } from '../../../shared/types/event.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { useCase } from '../../state/case.ts';
import { dateTimeText, minuteText, useZone } from '../../state/zone.ts';
import { Amount } from '../../ui/Amount.tsx';
import type { Column } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Segments } from '../../ui/Segments.tsx';
import './events.css';

const page = 500;
/** The contract's cap. */
const mostAtOnce = 5000;

interface EventListProps {
  readonly caseId: string;
  /** What the events are of, for the table's name: `Events of …`. */
  readonly of: string;
  readonly filter: EventFilter;
  /** Offers to show contacts alone. */
  readonly kinds: boolean;
  readonly revision: number;
  readonly onEvent: (id: string) => void;
  readonly empty: { readonly all: string; readonly contact: string };
}

/** `background, HomeNet 5G`, or whom a contact was with, or what was looked up; what is not known is not said. */
function setText(event: EventView): string {
  if (event.kind === 'contact') return contactText(event);
  if (event.kind === 'lookup')
    return `${event.remote?.host ?? 'a name'}, of name server ${event.remote?.ip ?? 'not known'}`;
  const set = event.foreground === null ? null : event.foreground ? 'foreground' : 'background';
  const parts = [set, event.network?.name ?? event.network?.type ?? null, event.counted ? null : 'not counted'];
  return parts.filter((part) => part !== null).join(', ');
}

/** `↔ www.example:443, tcp, DE` */
function contactText({ remote, place }: EventView): string {
  if (remote === null) return '↔ address not known';
  const port = remote.port === null ? '' : `:${remote.port}`;
  const ip = remote.ip.includes(':') ? `[${remote.ip}]` : remote.ip;
  const parts = [`${remote.host ?? ip}${port}`, remote.protocol, place?.country ?? null];
  return `↔ ${parts.filter((part) => part !== null).join(', ')}`;
}

/** Both ends to the minute; what is short by its beginning and its length. */
function spanText(event: EventView, zone: Zone): string {
  const long = (microsOf(event.to) ?? 0) - (microsOf(event.from) ?? 0);
  if (long >= 10 * MINUTE) return `${minuteText(event.from, zone)} – ${minuteText(event.to, zone).slice(11)}`;
  const from = dateTimeText(event.from, zone);
  return long === 0 ? from : `${from}, ${durationText(Math.max(1, Math.round(long / SECOND)) * SECOND)}`;
}

function columnsIn(zone: Zone, kind: 'all' | 'contact', anyBytes: boolean): Column<EventView>[] {
  const all = columnsOfAll(zone);
  if (kind === 'all') return all;
  // No look at connections counts bytes; a capture does.
  const [interval, sent, received, set] = all;
  return [{ ...interval!, title: 'Seen' }, ...(anyBytes ? [sent!, received!] : []), { ...set!, title: 'Contact with' }];
}

function columnsOfAll(zone: Zone): Column<EventView>[] {
  return [
    {
      key: 'interval',
      title: 'Interval',
      hint: 'Bytes went through somewhere within it, at which moment is not known; a contact was seen from its first to its last look',
      rem: 12.25,
      cell: (event) => <Digits text={spanText(event, zone)} />,
    },
    { key: 'sent', title: 'Sent', rem: 4.5, number: true, cell: (event) => <Amount bytes={event.sent} /> },
    { key: 'received', title: 'Received', rem: 4.5, number: true, cell: (event) => <Amount bytes={event.received} /> },
    {
      key: 'set',
      title: 'Counted as, on; contact with',
      hint: 'Whether the phone counted the app as in the foreground, and the network; of a contact, the address or host',
      rem: 6,
      grow: 1,
      cell: (event) => (
        <span className="quiet" title={setText(event)}>
          {event.kind === 'contact' ? <span className="unseen">contact with </span> : null}
          {event.kind === 'lookup' ? 'look-up: ' : null}
          {setText(event)}
        </span>
      ),
    },
  ];
}

/** Events that a filter lets through, in order of time, more of them as the list is scrolled. Choosing one opens its raw line. */
export function EventList({ caseId, of, filter, kinds, revision, onEvent, empty }: EventListProps) {
  const zone = useZone();
  const anyContacts = useCase((state) => (state.summary?.events.contact ?? 0) > 0) && kinds;
  const asked = JSON.stringify(filter);
  const [kind, setKind] = useState<'all' | 'contact'>('all');
  const [events, setEvents] = useState<readonly EventView[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asking = useRef(false);
  const subject = useRef('');

  const askFrom = useCallback(
    async (offset: number, of: string, limit = page) => {
      asking.current = true;
      try {
        const answer = await bridge().client.events.list({
          case: caseId,
          filter: { ...(JSON.parse(asked) as EventFilter), ...(kind === 'contact' && { kind }) },
          limit,
          offset,
        });
        if (subject.current !== of) return;
        setEvents((old) => (offset === 0 ? answer.events : [...old.slice(0, offset), ...answer.events]));
        setTotal(answer.total);
        setFailure(null);
      } catch (thrown) {
        if (subject.current === of) setFailure(failureOf(thrown));
      } finally {
        if (subject.current === of) asking.current = false;
      }
    },
    [caseId, asked, kind],
  );
  const shown = useRef(0);
  shown.current = events.length;
  useEffect(() => {
    subject.current = `${caseId} ${asked} ${kind}`;
    setEvents([]);
    setTotal(null);
    void askFrom(0, subject.current);
  }, [caseId, asked, kind, askFrom]);

  // A case that has grown is read again as far as it is shown, under the eyes of whoever reads in it.
  const known = useRef(revision);
  useEffect(() => {
    if (known.current === revision) return;
    known.current = revision;
    if (!asking.current) void askFrom(0, subject.current, Math.min(mostAtOnce, Math.max(page, shown.current)));
  }, [revision, askFrom]);

  const more = useCallback(() => {
    if (asking.current || total === null || events.length >= total) return;
    void askFrom(events.length, subject.current);
  }, [askFrom, events.length, total]);

  return (
    <section className="panel-part event-list" aria-label="Events">
      <h3 className="panel-part-title">
        Events
        <span className="panel-part-note">{total === null ? 'reading' : groupedNumber(total)}</span>
      </h3>
      {anyContacts ? (
        <div className="event-list-kind">
          <Segments
            label="Which events"
            value={kind}
            onChange={setKind}
            options={[
              { key: 'all', text: 'All' },
              { key: 'contact', text: 'Contacts' },
            ]}
          />
        </div>
      ) : null}
      {failure === null ? (
        <DataTable
          label={`Events of ${of}`}
          rows={events}
          columns={columnsIn(
            zone,
            filter.kind === 'contact' ? 'contact' : kind,
            events.some(({ sent, received }) => sent !== null || received !== null),
          )}
          keyOf={(event) => event.id}
          onChoose={(event) => onEvent(event.id)}
          onEnd={more}
          empty={
            total === 0 ? (
              kind === 'contact' ? (
                <EmptyPlace title="No contact">{empty.contact}</EmptyPlace>
              ) : (
                <EmptyPlace title="No event">{empty.all}</EmptyPlace>
              )
            ) : null
          }
        />
      ) : (
        <FailureBox failure={failure} onAgain={() => void askFrom(events.length, subject.current)} />
      )}
    </section>
  );
}
