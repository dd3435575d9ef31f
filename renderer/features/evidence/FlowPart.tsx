import type { ReactNode } from 'react';
import type { EventDetail, EventView, FlowView, LookUpDetail } from '../../../shared/types/event.ts';
import { CopyText } from '../../ui/CopyText.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { PanelPart } from '../../ui/SidePanel.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { fiveTuple } from './flow-words.ts';
import { SavePackets } from './SavePackets.tsx';
import './flow-part.css';

type Fact = readonly [string, ReactNode];

function flowFacts(flow: FlowView, event: EventView): Fact[] {
  const tuple = fiveTuple(flow, event);
  return [
    ['Recognised as', flow.service ?? 'nothing that this program knows'],
    ['Opened by', flow.openedByPhone ? 'the phone, as far as the capture shows' : 'the other side'],
    ...(flow.encryptedHello
      ? ([
          [
            'Name in the greeting',
            'may be an outer one: the greeting has an encrypted part (ECH), which some clients send always',
          ],
        ] as const)
      : []),
    ...(flow.alpn.length === 0 ? [] : ([['Protocols offered', flow.alpn.join(', ')]] as const)),
    ['App, by the capture', flow.app ?? 'not said there'],
    ...(flow.userAgent === null ? [] : ([['Program, by its own word', flow.userAgent]] as const)),
    ...(flow.ja4 === null ? [] : ([['JA4', <CopyText key="j" text={flow.ja4} of="the JA4 fingerprint" />]] as const)),
    ...(flow.communityId === null
      ? []
      : ([['Community ID', <CopyText key="c" text={flow.communityId} of="the Community ID" />]] as const)),
    ...(tuple === null ? [] : ([['Five-tuple', <CopyText key="t" text={tuple} of="the five-tuple" />]] as const)),
  ];
}

function Said({ title, list }: { title: string; list: readonly string[] }) {
  if (list.length === 0) return null;
  const lines = list.map((text, n) => ({ text, key: n }));
  return (
    <div className="said">
      <p className="quiet">{title}</p>
      <ul>
        {lines.map(({ text, key }) => (
          <li key={key}>
            <code>{text}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PersonalProps {
  readonly flow: FlowView;
  readonly revealed: boolean;
  readonly onReveal: (reveal: boolean) => void;
}

/** What has the form of something that identifies somebody: masked until it is asked for. */
function Personal({ flow, revealed, onReveal }: PersonalProps) {
  if (flow.personal.length === 0) return null;
  const finds = flow.personal.map((find, n) => ({ ...find, row: n }));
  return (
    <PanelPart title="May identify somebody" note="in the clear: anybody on the way could read it">
      <table className="personal">
        <thead>
          <tr>
            <th scope="col">Has the form of</th>
            <th scope="col">Named</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        <tbody>
          {finds.map(({ kind, key, value, row }) => (
            <tr key={row}>
              <td>{kind}</td>
              <td>{key === null ? <span className="faint">not named</span> : <code>{key}</code>}</td>
              <td>
                <code>{value}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Toggle on={revealed} onChange={onReveal}>
        Show the hidden middle
      </Toggle>
      <p className="faint">It is found by its form alone. Whether it is what it looks like, the packets do not say.</p>
    </PanelPart>
  );
}

const codes: Readonly<Record<number, string>> = {
  0: 'answered',
  2: 'the server failed',
  3: 'there is no such name',
  5: 'the server refused',
};

function LookUpPart({ lookUp, children }: { lookUp: LookUpDetail; children: ReactNode }) {
  const { answered, code, answers } = lookUp;
  const rows = answers.map((answer, n) => ({ ...answer, key: n }));
  return (
    <PanelPart title={answered ? 'The answer' : 'The question'}>
      <Facts
        list={[
          ['Asked for', <CopyText key="n" text={lookUp.name === '' ? '.' : lookUp.name} of="the name" />],
          ['Kind of record', lookUp.type],
          ['Asked by', lookUp.client],
          ['Name server', lookUp.server],
          ...(answered ? ([['Outcome', codes[code ?? 0] ?? `code ${code}`]] as const) : []),
        ]}
      />
      {answered && rows.length > 0 ? (
        <table className="personal">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, type, value, key }) => (
              <tr key={key}>
                <td>{name}</td>
                <td>{type}</td>
                <td>{value === null ? <span className="faint">not read</span> : <code>{value}</code>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {children}
    </PanelPart>
  );
}

interface CapturedPartProps {
  readonly caseId: string;
  readonly detail: EventDetail;
  readonly revealed: boolean;
  readonly onReveal: (reveal: boolean) => void;
}

/** What a capture tells of a contact or a look-up, and its packets to take away. Nothing for other events. */
export function CapturedPart({ caseId, detail, revealed, onReveal }: CapturedPartProps) {
  const { event, flow, lookUp } = detail;
  if (!flow && !lookUp) return null;
  const newer = /\.pcapng(?:\.(?:gz|zst))?$/i.test(detail.raw.name);
  const save = (
    <SavePackets
      caseId={caseId}
      eventId={event.id}
      what={lookUp ? `the look-up ${event.id}` : `the contact ${event.id}`}
      ending={newer ? '.pcapng' : '.pcap'}
    />
  );
  if (lookUp) return <LookUpPart lookUp={lookUp}>{save}</LookUpPart>;
  if (!flow) return null;
  return (
    <>
      <PanelPart title="What its packets say">
        <Facts list={flowFacts(flow, event)} />
        <Said title="Requests in the clear" list={flow.requests} />
        <Said title="Said in the clear" list={flow.said} />
        {save}
      </PanelPart>
      <Personal flow={flow} revealed={revealed} onReveal={onReveal} />
    </>
  );
}
