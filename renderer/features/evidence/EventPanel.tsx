import { Check, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { microsOf } from '../../../shared/base/time.ts';
import { countryName } from '../../../shared/text/country-names.ts';
import { hostFromWords, notThePeers } from '../../../shared/text/host-words.ts';
import { bytesInFull, durationText, groupedNumber, rangeInFull } from '../../../shared/timeline/formats.ts';
import type { Zone } from '../../../shared/timeline/zones.ts';
import type { EventDetail, EventView, RawView } from '../../../shared/types/event.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useLoad } from '../../state/use-load.ts';
import { useZone, zoneLabel } from '../../state/zone.ts';
import { Box } from '../../ui/Box.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { RawLines } from '../../ui/RawLines.tsx';
import { PanelPart, SidePanel } from '../../ui/SidePanel.tsx';
import { ExplanationParts } from '../explanation/ExplanationParts.tsx';
import { Labels } from '../explanation/Labels.tsx';
import { CapturedPart } from './FlowPart.tsx';
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

type Fact = readonly [string, ReactNode];

/** A capture does not say over which network its flows went; the phone's history may, which is a correlation. */
function networkFact(event: EventView): string | null {
  if (event.network !== null || event.kind !== 'contact') return networkText(event.network);
  const said = event.correlated?.networks ?? [];
  if (said.length === 0) return 'network not known';
  return said
    .map(
      ({ name, type, confidence }) =>
        `${name === null ? type : `${name} (${type})`}: by correlation, confidence ${confidence}`,
    )
    .join('; ');
}

function whenFacts(event: EventView, zone: Zone): Fact[] {
  const from = microsOf(event.from) ?? 0;
  const to = microsOf(event.to) ?? from;
  const contact = event.kind === 'contact' || event.kind === 'lookup';
  const name = !contact ? 'Interval' : to > from ? 'First and last seen' : 'Seen';
  const long = to > from ? ` · ${durationText(to - from)} ${contact ? 'apart' : 'long'}` : '';
  return [
    [name, rangeInFull(from, to, zone)],
    ['', <span key="z" className="faint">{`${zoneLabel(zone, from)}${long}`}</span>],
    ['Error of the times', event.errorUs === null ? null : `± ${durationText(event.errorUs)}`],
  ];
}

function whoFacts(event: EventView): Fact[] {
  const app =
    event.app === null ? null : (
      <span key="a" dir="auto">
        {event.app}
      </span>
    );
  return [
    ['App', app],
    ['Packages', event.packages.length === 0 ? null : event.packages.join(', ')],
    ['uid, user', event.uid === null ? null : `${event.uid}, ${event.user ?? 'user not known'}`],
  ];
}

function bytesFacts(event: EventView): Fact[] {
  const { sentPackets, receivedPackets, tag } = event;
  const count = (packets: number | null) => (packets === null ? 'not known' : groupedNumber(packets));
  const packets =
    sentPackets === null && receivedPackets === null
      ? null
      : `${count(sentPackets)} sent, ${count(receivedPackets)} received`;
  return [
    ['Sent', bytes(event.sent)],
    ['Received', bytes(event.received)],
    ['Packets', packets],
    ...(event.kind === 'contact'
      ? []
      : ([['Foreground', event.foreground === null ? null : event.foreground ? 'yes' : 'no']] as const)),
    ['Network', networkFact(event)],
    ...(tag === null ? [] : [['Tag', tag === 0 ? 'none' : `0x${tag.toString(16)}`] as const]),
  ];
}

/** A contact whose source shows no bytes is not said to have none. */
function contactFacts(event: EventView): Fact[] {
  const { seen, sent, received } = event;
  const uncounted = sent === null && received === null;
  return [
    ...(seen
      ? ([
          ['Open at the first look', seen.openAtFirst ? 'yes: it may have begun before' : 'no: it began while watched'],
          ['Open at the last look', seen.openAtLast ? 'yes: it may have gone on after' : 'no: it ended while watched'],
          ...(seen.state === null ? [] : [['State', seen.state] as const]),
          ...(seen.local === null ? [] : [['On the phone', seen.local] as const]),
        ] as const)
      : []),
    ...(uncounted ? [['Bytes', 'not told: looks at connections count none'] as const] : bytesFacts(event)),
  ];
}

/** `Amazon; state that can command it: United States` */
function commanded({ name, state }: { readonly name: string; readonly state: string | null }): string {
  return `${name}; state that can command it: ${state === null ? 'not known' : countryName(state)}`;
}

function peerFacts({ remote, place, operator, owner, service }: EventView): Fact[] {
  const facts: Fact[] = [];
  if (remote !== null) {
    facts.push(['Address', remote.ip]);
    facts.push([
      'Port, protocol',
      remote.port === null && remote.protocol === null
        ? null
        : `${remote.port ?? 'not known'}, ${remote.protocol ?? 'not known'}`,
    ]);
    const { host, hostFrom } = remote;
    if (host !== null && hostFrom !== null && notThePeers.includes(hostFrom)) {
      facts.push([hostFrom === 'dns' ? 'Asked for' : 'Name told', host]);
      facts.push(['Host', null]);
    } else {
      facts.push(['Host', host]);
      if (host !== null) facts.push(['Host known from', hostFrom === null ? null : hostFromWords(hostFrom)]);
    }
  }
  if (place !== null) {
    const disputed = place.disputed ? '; sources disagree' : '';
    facts.push(['Country', `${countryName(place.country)}, by ${place.source} of ${place.date}${disputed}`]);
  }
  if (operator !== null) facts.push(['Operator', commanded(operator)]);
  if (owner) facts.push(['Owner of the host', commanded(owner)]);
  if (service !== null) {
    const { optional } = service;
    const word = optional === null ? 'not known' : optional ? 'yes' : 'no';
    facts.push(['Service', `${service.name} (optional: ${word}; confidence ${service.confidence})`]);
  }
  return facts;
}

function Fields({ event }: { event: EventView }) {
  const zone = useZone();
  const list =
    event.kind === 'contact'
      ? [...peerFacts(event), ...whenFacts(event, zone), ...whoFacts(event), ...contactFacts(event)]
      : event.kind === 'lookup'
        ? [...whenFacts(event, zone), ...whoFacts(event)]
        : [...whenFacts(event, zone), ...whoFacts(event), ...bytesFacts(event), ...peerFacts(event)];
  return <Facts list={list} />;
}

/** Of what is still being written nothing can be told by its hash; what follows from several lines has no one file. */
const noHash = ({ lines }: RawView) => (lines.length > 0 ? 'not known yet: the evidence is still being written' : null);

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

interface DetailProps {
  readonly caseId: string;
  readonly detail: EventDetail;
  readonly revealed: boolean;
  readonly onReveal: (reveal: boolean) => void;
}

function Detail({ caseId, detail, revealed, onReveal }: DetailProps) {
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
      <CapturedPart caseId={caseId} detail={detail} revealed={revealed} onReveal={onReveal} />
      <PanelPart
        title="In the evidence, as received"
        note={
          raw.lines.length > 0
            ? `${event.evidence.id}${event.evidence.line === null ? '' : `, line ${groupedNumber(event.evidence.line)}`}`
            : event.evidence.id
        }
      >
        {detail.flow ? (
          <p className="faint">
            The packet is shown as it was received and nothing of it is hidden: what it says in the clear can be read
            here. The report holds no packets, and masks what may identify somebody.
          </p>
        ) : null}
        <RawLines raw={raw} />
        <div className="panel-act">
          <Facts
            list={[
              ['File', `${raw.evidence} · ${raw.name}`],
              ['Section', raw.section],
              ['Offset', event.evidence.offset === null ? null : `byte ${groupedNumber(event.evidence.offset)}`],
              ['How obtained', raw.obtained],
              ['SHA-256', raw.sha256 === null ? noHash(raw) : <Hash key="h" sha256={raw.sha256} />],
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
      <ExplanationParts caseId={caseId} subject={{ kind: 'event', key: event.id }}>
        <Labels list={labels} />
      </ExplanationParts>
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
  // What may identify somebody is shown for the event at hand only: the next one is masked again.
  const [shown, setShown] = useState<string | null>(null);
  const reveal = shown === eventId;
  const detail = useLoad(`event ${caseId} ${eventId} ${reveal}`, () =>
    bridge().client.events.detail({ case: caseId, id: eventId, ...(reveal && { reveal }) }),
  );
  const event = detail.data?.event ?? null;
  return (
    <SidePanel
      label="Event"
      title={
        event === null ? (
          `Event ${eventId}`
        ) : (
          <span dir="auto">{event.app ?? event.remote?.host ?? kindNames[event.kind]}</span>
        )
      }
      under={event === null ? undefined : `${event.id} · ${kindNames[event.kind]}`}
      onClose={onClose}
      takesFocus
    >
      {detail.failure === null ? null : (
        <div className="panel-part">
          <FailureBox failure={detail.failure} onAgain={detail.again} />
        </div>
      )}
      {detail.data === null ? null : (
        <Detail
          caseId={caseId}
          detail={detail.data}
          revealed={reveal}
          onReveal={(on) => setShown(on ? eventId : null)}
        />
      )}
    </SidePanel>
  );
}
