import type { RecordSink } from '../../model/artifact.ts';
import type { Flow, LookUp } from './capture-output.ts';
import { CaptureRun } from './capture-run.ts';
import type { CaptureNote } from './packet-sink.ts';
import { CaptureBytes } from './read-capture.ts';

/** So many notes of one kind are told, the others counted: a capture may hold a million comments. */
const MOST_NOTES = 100;
const HANDED_AT_ONCE = 300;
/** More apps than any phone has; a capture may claim millions. */
const MOST_APPS = 10_000;

const nowhere = { line: null, offset: 0 } as const;

/** Reads one capture into records: flows, look-ups, and what it says of itself. */
export class CaptureSection {
  private readonly sink: RecordSink;
  private readonly run: CaptureRun;
  private readonly bytes: CaptureBytes;
  private readonly apps = new Map<number, string>();
  private readonly notes = new Map<string, number>();
  private dropped = 0;

  constructor(sink: RecordSink) {
    this.sink = sink;
    this.run = new CaptureRun({
      flow: (flow) => this.flow(flow),
      lookUp: (lookUp) => this.lookUp(lookUp),
      note: (note) => this.note(note),
      warn: (offset, reason) => this.sink.warn({ at: { line: null, offset }, text: null, reason }),
    });
    this.bytes = new CaptureBytes(this.run);
  }

  /** Bytes that were taken. */
  get length(): number {
    return this.bytes.taken;
  }

  take(piece: Uint8Array): void {
    this.bytes.take(piece);
  }

  /** Flows are due: stores some of them at a time, so that their rows need not all be held at once. True: more are. */
  handOver(): boolean {
    return this.run.handOver(HANDED_AT_ONCE);
  }

  /** No bytes come any more: all flows that are open are due. */
  over(): void {
    this.run.over();
  }

  /** The capture is over: hands over what is left, and says what of it was not read. */
  end(): void {
    this.bytes.end();
    if (this.bytes.incomplete) this.sink.cut();
    const { totals } = this.run;
    this.property('capture packets', String(totals.packets));
    if (totals.packets > 0) this.property('capture span', `${totals.firstUs} ${totals.lastUs}`);
    if (totals.links.size > 0) this.property('capture links', [...totals.links].join(' '));
    const unread = totals.notIp + totals.encryptedFrames + totals.unknownLink + totals.cutFrames + totals.unreadable;
    this.property('capture frames not read', String(unread));
    const tell = (count: number, words: string) => {
      if (count > 0) this.sink.warn({ at: nowhere, text: null, reason: words.replace('#', String(count)) });
    };
    tell(totals.notIp, 'Frames that carry no IP, such as ARP: #. They are counted and not read.');
    tell(totals.encryptedFrames, 'Encrypted frames of a wireless network: #. They were not read.');
    tell(totals.unknownLink, 'Frames of a kind of link that this program does not know: #. They were not read.');
    tell(totals.cutFrames, 'Frames that were kept so short that the addresses are missing: #.');
    tell(totals.unreadable, 'Packets that are damaged, or too short to say from whom to whom: #.');
    tell(
      this.dropped,
      'Packets that were lost before they could be captured, by the capturing program’s own count: #.',
    );
  }

  private property(key: string, value: string): void {
    this.sink.record({ kind: 'property', key, value }, nowhere);
  }

  private flow(flow: Flow): void {
    const { facts } = flow;
    this.sink.record(
      {
        kind: 'flow',
        protocol: flow.protocol,
        openerIp: flow.openerIp,
        openerPort: flow.openerPort,
        otherIp: flow.otherIp,
        otherPort: flow.otherPort,
        firstUs: flow.firstUs,
        lastUs: flow.lastUs,
        openerPackets: flow.openerPackets,
        openerBytes: flow.openerBytes,
        otherPackets: flow.otherPackets,
        otherBytes: flow.otherBytes,
        host: flow.host,
        hostFrom: flow.hostFrom,
        uid: flow.uid,
        app: facts?.app ?? (flow.uid === null ? null : (this.apps.get(flow.uid) ?? null)),
        service: facts?.service ?? null,
        alpn: facts?.alpn ?? [],
        ja4: facts?.ja4 ?? null,
        encryptedHello: facts?.encryptedHello ?? false,
        requests: facts?.requests ?? [],
        userAgent: facts?.userAgent ?? null,
        said: facts?.said ?? [],
        personal: facts?.personal ?? [],
      },
      { line: null, offset: flow.offset },
    );
  }

  private lookUp({ message, atUs, clientIp, serverIp, uid, offset }: LookUp): void {
    const { name, type, isResponse, code } = message;
    const answers = message.answers.map((one) => ({ name: one.name, type: one.type, value: one.value }));
    this.sink.record(
      { kind: 'look-up', atUs, clientIp, serverIp, uid, name, type, isResponse, code, answers },
      { line: null, offset },
    );
  }

  private note(note: CaptureNote): void {
    const told = (this.notes.get(note.kind) ?? 0) + 1;
    this.notes.set(note.kind, told);
    // What a capture says of one uid last stands; beyond the most, new uids are counted with the notes and not remembered.
    if (note.kind === 'app of uid' && (this.apps.size < MOST_APPS || this.apps.has(note.uid)))
      this.apps.set(note.uid, note.app || note.package);
    if (note.kind === 'dropped') this.dropped += note.packets;
    if (told > MOST_NOTES) return;
    const at = { line: null, offset: note.offset };
    const property = (key: string, value: string) => this.sink.record({ kind: 'property', key, value }, at);
    if (note.kind === 'capture') property('capture form', [note.form, note.software].filter(Boolean).join(', '));
    if (note.kind === 'comment') property('capture comment', note.text);
    if (note.kind === 'app of uid') property(`capture app ${note.uid}`, `${note.package} ${note.app}`);
    if (note.kind === 'resolved name') property(`capture name ${note.address}`, note.names.join(' '));
    if (note.kind === 'secrets') property('capture secrets', `${note.bytes} bytes, kept and not used`);
  }
}
