import { Check, X } from 'lucide-react';
import { microsOf } from '../../../shared/base/time.ts';
import type { EventDetail, EventView } from '../../../shared/types/event.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useLoad } from '../../state/use-load.ts';
import { useZone, zoneLabel } from '../../state/zone.ts';
import { bytesInFull, durationText, groupedNumber, rangeInFull } from '../../timeline/formats.ts';
import { Box } from '../../ui/Box.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { RawLines } from '../../ui/RawLines.tsx';
import { PanelPart, SidePanel } from '../../ui/SidePanel.tsx';
import './event-panel.css';

const kindNames: Readonly<Record<EventView['kind'], string>> = {
  volume: 'Bytes within an interval',
  contact: 'Contact with an address',
  lookup: 'A name resolved',
  context: 'What went on at the time',
};

function bytes(count: number | null): string | null {
  return count === null ? null : bytesInFull(count);
}

function networkText(network: EventView['network']): string | null {
  if (network === null) return null;
  const parts = [network.name === null ? network.type : `${network.name} (${network.type})`];
  if (network.roaming === true) parts.push('roaming');
  if (network.metered === true) parts.push('metered');
  if (network.vpn) parts.push('VPN');
  return parts.join(', ');
}

function Fields({ event }: { event: EventView }) {
  const zone = useZone();
  const from = microsOf(event.from) ?? 0;
  const to = microsOf(event.to) ?? from;
  const remote = event.remote;
  return (
    <Facts
      list={[
        ['Interval', rangeInFull(from, to, zone)],
        [
          '',
          <span
            key="z"
            className="faint"
          >{`${zoneLabel(zone, from)}${to > from ? ` · ${durationText(to - from)} long` : ''}`}</span>,
        ],
        ['Error of the times', event.errorUs === null ? null : `± ${durationText(event.errorUs)}`],
        [
          'App',
          event.app === null ? null : (
            <span key="a" dir="auto">
              {event.app}
            </span>
          ),
        ],
        ['Packages', event.packages.length === 0 ? null : event.packages.join(', ')],
        ['uid, user', event.uid === null ? null : `${event.uid}, ${event.user ?? 'user not known'}`],
        ['Sent', bytes(event.sent)],
        ['Received', bytes(event.received)],
        [
          'Packets',
          event.sentPackets === null && event.receivedPackets === null
            ? null
            : `${event.sentPackets === null ? 'not known' : groupedNumber(event.sentPackets)} sent, ${event.receivedPackets === null ? 'not known' : groupedNumber(event.receivedPackets)} received`,
        ],
        ['Foreground', event.foreground === null ? null : event.foreground ? 'yes' : 'no'],
        ['Network', networkText(event.network)],
        ...(event.tag === null ? [] : [['Tag', event.tag === 0 ? 'none' : `0x${event.tag.toString(16)}`] as const]),
        ...(remote === null
          ? []
          : ([
              [
                'Address',
                `${remote.ip}${remote.port === null ? '' : `, port ${remote.port}`}${remote.protocol === null ? '' : `, ${remote.protocol}`}`,
              ],
              [
                'Host',
                remote.host === null
                  ? null
                  : `${remote.host}${remote.hostFrom === null ? '' : ` (known from: ${remote.hostFrom})`}`,
              ],
            ] as const)),
        ...(event.place === null
          ? []
          : ([
              [
                'Country',
                `${event.place.country}, by ${event.place.source} of ${event.place.date}${event.place.disputed ? '; sources disagree' : ''}`,
              ],
            ] as const)),
        ...(event.operator === null
          ? []
          : ([
              [
                'Operator',
                `${event.operator.name}${event.operator.state === null ? '' : ` (state: ${event.operator.state})`}`,
              ],
            ] as const)),
      ]}
    />
  );
}

function Claims({ list, good }: { list: readonly string[]; good: boolean }) {
  const Sign = good ? Check : X;
  return (
    <ul className="claims">
      {list.map((claim) => (
        <li key={claim}>
          <Sign className={good ? 'icon claim-yes' : 'icon claim-no'} />
          {claim}
        </li>
      ))}
    </ul>
  );
}

function Detail({ detail }: { detail: EventDetail }) {
  const { event, labels, proves, doesNotProve, notCounted, raw } = detail;
  return (
    <>
      <PanelPart title="What was recorded">
        <Fields event={event} />
        {notCounted === null ? null : (
          <div className="panel-act">
            <Box tone="info" title="Not counted in any sum">
              <p>{notCounted}</p>
            </Box>
          </div>
        )}
      </PanelPart>
      <PanelPart
        title="In the evidence, as received"
        note={
          raw.lines.length > 0
            ? `${event.evidence.id}${event.evidence.line === null ? '' : `, line ${groupedNumber(event.evidence.line)}`}`
            : event.evidence.id
        }
      >
        <RawLines raw={raw} />
        <div className="panel-act">
          <Facts
            list={[
              ['File', `${raw.evidence} · ${raw.name}`],
              ['Section', raw.section],
              ['Offset', event.evidence.offset === null ? null : `byte ${groupedNumber(event.evidence.offset)}`],
              ['How obtained', raw.obtained],
              ['SHA-256', <Hash key="h" sha256={raw.sha256} />],
              ['Read by', detail.artifact],
            ]}
          />
        </div>
      </PanelPart>
      <PanelPart title="What this proves">
        <Claims list={proves} good />
      </PanelPart>
      <PanelPart title="What it does not prove">
        <Claims list={doesNotProve} good={false} />
      </PanelPart>
      <PanelPart title="What may explain it" note={labels.length === 0 ? undefined : 'each by a named source'}>
        {labels.length === 0 ? (
          <p className="faint">No source that ships with this program knows this app or its uid.</p>
        ) : (
          <ul className="labels">
            {labels.map((label) => (
              <li key={`${label.kind} ${label.value} ${label.source}`}>
                <p>
                  <span className="quiet">{label.kind}: </span>
                  <strong>{label.value}</strong>
                </p>
                <p className="quiet">{label.why}</p>
                <p className="faint">
                  {label.source}, {label.date} · confidence {label.confidence}
                </p>
              </li>
            ))}
          </ul>
        )}
      </PanelPart>
    </>
  );
}

interface EventPanelProps {
  readonly caseId: string;
  readonly eventId: string;
  readonly onClose: () => void;
}

/** One event: its fields, its raw line in the evidence with the hash, what it proves, and what may explain it. */
export function EventPanel({ caseId, eventId, onClose }: EventPanelProps) {
  const detail = useLoad(`event ${caseId} ${eventId}`, () =>
    bridge().client.events.detail({ case: caseId, id: eventId }),
  );
  const event = detail.data?.event ?? null;
  return (
    <SidePanel
      label="Event"
      title={event === null ? `Event ${eventId}` : <span dir="auto">{event.app ?? kindNames[event.kind]}</span>}
      under={event === null ? undefined : `${event.id} · ${kindNames[event.kind]}`}
      onClose={onClose}
      takesFocus
    >
      {detail.failure === null ? null : (
        <div className="panel-part">
          <FailureBox failure={detail.failure} onAgain={detail.again} />
        </div>
      )}
      {detail.data === null ? null : <Detail detail={detail.data} />}
    </SidePanel>
  );
}
