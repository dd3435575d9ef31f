import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../shared/base/failure.ts';
import type { AppView } from '../../../shared/types/app.ts';
import type { EventView } from '../../../shared/types/event.ts';
import { bridge } from '../../bridge/bridge.ts';
import { failureOf } from '../../bridge/failures.ts';
import { minuteText, useZone } from '../../state/zone.ts';
import { groupedNumber } from '../../timeline/formats.ts';
import type { Zone } from '../../timeline/zones.ts';
import { Amount } from '../../ui/Amount.tsx';
import type { Column } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { Digits } from '../../ui/Digits.tsx';
import { EmptyPlace } from '../../ui/EmptyPlace.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';

const page = 500;

interface AppEventsProps {
  readonly caseId: string;
  readonly app: AppView;
  readonly revision: number;
  readonly onEvent: (id: string) => void;
}

/** `background, HomeNet 5G`; what is not known is not said. */
function setText(event: EventView): string {
  const set = event.foreground === null ? null : event.foreground ? 'foreground' : 'background';
  const parts = [set, event.network?.name ?? event.network?.type ?? null, event.counted ? null : 'not counted'];
  return parts.filter((part) => part !== null).join(', ');
}

function columnsIn(zone: Zone): Column<EventView>[] {
  return [
    {
      key: 'interval',
      title: 'Interval',
      hint: 'The bytes went through somewhere within it; the moment is not known',
      rem: 12.25,
      cell: (event) => <Digits text={`${minuteText(event.from, zone)} – ${minuteText(event.to, zone).slice(11)}`} />,
    },
    { key: 'sent', title: 'Sent', rem: 4.5, number: true, cell: (event) => <Amount bytes={event.sent} /> },
    { key: 'received', title: 'Received', rem: 4.5, number: true, cell: (event) => <Amount bytes={event.received} /> },
    {
      key: 'set',
      title: 'Counted as, on',
      hint: 'Whether the phone counted the app as in the foreground, and the network',
      rem: 6,
      grow: 1,
      cell: (event) => (
        <span className="quiet" title={setText(event)}>
          {setText(event)}
        </span>
      ),
    },
  ];
}

/** The events of one app in time order, more of them as the list is scrolled. Choosing one opens its raw line. */
export function AppEvents({ caseId, app, revision, onEvent }: AppEventsProps) {
  const zone = useZone();
  const [events, setEvents] = useState<readonly EventView[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asking = useRef(false);
  const subject = useRef('');

  const askFrom = useCallback(
    async (offset: number, of: string) => {
      asking.current = true;
      try {
        const answer = await bridge().client.events.list({
          case: caseId,
          filter: { uid: app.uid },
          limit: page,
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
    [caseId, app.uid],
  );
  useEffect(() => {
    subject.current = `${caseId} ${app.uid} ${revision}`;
    setEvents([]);
    setTotal(null);
    void askFrom(0, subject.current);
  }, [caseId, app.uid, revision, askFrom]);

  const more = useCallback(() => {
    if (asking.current || total === null || events.length >= total) return;
    void askFrom(events.length, subject.current);
  }, [askFrom, events.length, total]);

  return (
    <section className="panel-part app-events" aria-label="Events">
      <h3 className="panel-part-title">
        Events
        <span className="panel-part-note">{total === null ? 'reading' : groupedNumber(total)}</span>
      </h3>
      {failure === null ? (
        <DataTable
          label={`Events of ${app.name}`}
          rows={events}
          columns={columnsIn(zone)}
          keyOf={(event) => event.id}
          onChoose={(event) => onEvent(event.id)}
          onEnd={more}
          empty={
            total === 0 ? (
              <EmptyPlace title="No event">
                The phone lists this app, and no counter of the history names it within the span that is covered.
              </EmptyPlace>
            ) : null
          }
        />
      ) : (
        <FailureBox failure={failure} onAgain={() => void askFrom(events.length, subject.current)} />
      )}
    </section>
  );
}
