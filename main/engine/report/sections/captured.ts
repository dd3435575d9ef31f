import { hostFromWords } from '../../../../shared/text/host-words.ts';
import type { ReportCapture, ReportCaptured, ReportCapturedPeer, ReportPersonal } from '../captured-data.ts';
import { capturedWording as words } from '../captured-wording.ts';
import { type Block, type Cell, cell, code, line, note, para, small, user } from '../document.ts';
import { bytes, count, grouped } from '../format.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';

function span(from: number | null, to: number | null, zone: Zone): Cell {
  if (from === null || to === null) return cell(words.noPackets);
  const [first, last] = [zone.time(from, true), zone.time(to, true)];
  return [line(first), ...(last === first ? [] : [line(last)])];
}

function captureRow(one: ReportCapture, several: boolean, zone: Zone): Cell[] {
  const unread = several ? words.seeWarnings : words.allRead;
  return [
    [line(`${one.evidence} `, code(one.name)), ...(one.form === null ? [] : [small(user(one.form))])],
    cell(one.packets === null ? wording.notKnown : grouped(one.packets)),
    span(one.fromUs, one.toUs, zone),
    one.notRead.length === 0 ? cell(unread) : one.notRead.map((reason) => small(user(reason))),
  ];
}

function statedApp({ uid, app, capturedApp }: ReportCapturedPeer): Cell {
  const number = uid === null ? [] : [small(wording.uidNamed(String(uid)))];
  if (app !== null) return [line(user(app)), ...number];
  if (capturedApp !== null) return [line(user(capturedApp)), small(words.byCapture), ...number];
  return cell(uid === null ? words.nobody : wording.uidNamed(String(uid)));
}

/** The app as the capture says it; beside it what is drawn from other sources, with its words and its confidence. */
function appCell(peer: ReportCapturedPeer): Cell {
  const likely = peer.owners.map(({ uid, app, how, confidence, contacts }) =>
    small(
      user(
        words.likely(
          app ?? wording.uidNamed(String(uid)),
          words.ways[how] ?? how,
          confidence,
          count(contacts, 'contact', 'contacts'),
        ),
      ),
    ),
  );
  return [...statedApp(peer), ...likely];
}

function peerRow(peer: ReportCapturedPeer, zone: Zone): Cell[] {
  const more = peer.ipsMore > 0 ? ` ${words.moreAddresses(grouped(peer.ipsMore))}` : '';
  const named: Cell =
    peer.host === null
      ? [line(code(peer.ip)), small(words.byAddress)]
      : [line(code(peer.host)), ...peer.hostFrom.map((from) => small(hostFromWords(from))), small(code(peer.ip), more)];
  const beyond = peer.evidenceMore > 0 ? ` ${wording.contactsEvidenceMore(grouped(peer.evidenceMore))}` : '';
  return [
    named,
    appCell(peer),
    cell(grouped(peer.contacts)),
    cell(bytes(peer.sent)),
    cell(bytes(peer.received)),
    span(peer.firstUs, peer.lastUs, zone),
    cell(`${peer.evidence.join(', ')}${beyond}`),
  ];
}

function personalRow(find: ReportPersonal, zone: Zone): Cell[] {
  return [
    [line(find.kind), ...(find.key === null ? [] : [small(words.namedAs(find.key))])],
    cell(code(find.masked)),
    [line(code(find.host)), ...(find.app === null ? [] : [small(user(find.app))])],
    span(find.firstUs, find.lastUs, zone),
    [line(`${find.event}, ${find.evidence}`), small(words.times(count(find.contacts, 'contact', 'contacts')))],
  ];
}

function clear(captured: ReportCaptured, zone: Zone): Block[] {
  const head: Block = { kind: 'heading', text: [words.clearHeading] };
  if (captured.personal.length === 0) return [head, para(words.clearNone)];
  const { clearColumns: titles } = words;
  return [
    head,
    para(words.clearIntro),
    {
      kind: 'table',
      columns: [
        { title: titles.kind, width: 30 },
        { title: titles.text, width: 'rest' },
        { title: titles.to, width: 44 },
        { title: titles.when, width: 38 },
        { title: titles.event, width: 22 },
      ],
      rows: captured.personal.map((find) => personalRow(find, zone)),
    },
    ...(captured.personalMore > 0 ? [note(words.more(count(captured.personalMore, 'row', 'rows')))] : []),
  ];
}

/** What captures of packets tell, as a part of the chapter on connections. */
export function capturedBlocks(captured: ReportCaptured, zone: Zone): Block[] {
  if (captured.captures.length === 0) return [];
  const { columns } = wording;
  const { captureColumns, peerColumns } = words;
  const files = captured.captures.map((one) => one.evidence);
  const several = (evidence: string) => files.filter((one) => one === evidence).length > 1;
  return [
    { kind: 'heading', text: [words.heading] },
    para(
      words.intro(
        count(captured.captures.length, 'capture', 'captures'),
        count(captured.contacts, 'contact', 'contacts'),
        count(captured.lookUps, words.lookUp, words.lookUps),
        bytes(captured.sent),
        bytes(captured.received),
        zone.label,
      ),
    ),
    {
      kind: 'table',
      columns: [
        { title: captureColumns.name, width: 'rest' },
        { title: captureColumns.packets, width: 20, align: 'right' },
        { title: captureColumns.span, width: 40 },
        { title: captureColumns.notRead, width: 50 },
      ],
      rows: captured.captures.map((one) => captureRow(one, several(one.evidence), zone)),
    },
    para(words.proves),
    ...(captured.rows.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            columns: [
              { title: peerColumns.peer, width: 'rest' as const },
              { title: peerColumns.app, width: 32 },
              { title: peerColumns.contacts, width: 17, align: 'right' as const },
              { title: columns.sent, width: 17, align: 'right' as const },
              { title: columns.received, width: 17, align: 'right' as const },
              { title: columns.firstLast, width: 34 },
              { title: columns.evidence, width: 16 },
            ],
            rows: captured.rows.map((peer) => peerRow(peer, zone)),
          },
        ]),
    ...(captured.more > 0 ? [note(words.more(count(captured.more, 'row', 'rows')))] : []),
    ...clear(captured, zone),
  ];
}
