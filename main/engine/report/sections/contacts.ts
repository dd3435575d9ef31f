import { capturedWording } from '../captured-wording.ts';
import { type Block, type Cell, cell, code, line, note, para, small, user } from '../document.ts';
import { count, grouped } from '../format.ts';
import type { ReportPeer } from '../report-data.ts';
import { wording } from '../wording.ts';
import type { Zone } from '../zone.ts';
import { capturedBlocks } from './captured.ts';
import type { SectionMaker } from './section.ts';

function appCell({ uid, app }: ReportPeer): Cell {
  const words = wording.contacts;
  if (uid === null) return [line(words.nobody), small(words.nobodyNote)];
  return app === null ? [line(wording.uidNamed(String(uid)))] : [line(user(app)), small(wording.uidNamed(String(uid)))];
}

function row(peer: ReportPeer, zone: Zone): Cell[] {
  const words = wording.contacts;
  const port = peer.port === null ? words.anyPort : String(peer.port);
  const more = peer.evidenceMore > 0 ? ` ${wording.contactsEvidenceMore(grouped(peer.evidenceMore))}` : '';
  return [
    appCell(peer),
    [line(code(words.peer(peer.ip, port, peer.protocol))), ...(peer.host === null ? [] : [small(code(peer.host))])],
    cell(grouped(peer.connections)),
    [line(zone.time(peer.firstUs, true)), ...(peer.openStart ? [small(words.openStart)] : [])],
    [line(zone.time(peer.lastUs, true)), ...(peer.openEnd ? [small(words.openEnd)] : [])],
    cell(`${peer.evidence.join(', ')}${more}`),
  ];
}

export const contacts: SectionMaker = {
  id: 'contacts',
  title: wording.sections.contacts,
  required: false,
  make(data, zone) {
    const words = wording.contacts;
    const { total, peers, rows, more } = data.contacts;
    const captured = capturedBlocks(data.captured, zone);
    if (total === 0) return captured.length > 0 ? [para(words.noLooks), ...captured] : [para(words.none)];
    const { columns } = wording;
    const blocks: Block[] = [
      para(words.intro(zone.label)),
      para(
        words.counted(count(total, 'connection', 'connections'), count(peers, 'address', 'addresses')),
        ' ',
        words.proves,
      ),
      {
        kind: 'table',
        columns: [
          { title: columns.app, width: 'rest' },
          { title: columns.peer, width: 39 },
          { title: columns.connections, width: 11, align: 'right' },
          { title: columns.first, width: zone.constant ? 30 : 38 },
          { title: columns.last, width: zone.constant ? 30 : 38 },
          { title: columns.evidence, width: 19 },
        ],
        rows: rows.map((peer) => row(peer, zone)),
      },
    ];
    if (more > 0) blocks.push(note(words.more(count(more, 'row', 'rows'))));
    return captured.length > 0
      ? [{ kind: 'heading', text: [capturedWording.socketsHeading] }, ...blocks, ...captured]
      : blocks;
  },
};
