import type { LineReader, RecordSink } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import type { SocketTable } from '../../../model/record.ts';
import { cutLine } from '../../cut-line.ts';
import { StampLines } from '../../stamp-lines.ts';
import { addressOf } from './address.ts';

/** States of include/net/tcp_states.h, by the two digits that the kernel prints. UDP has 01 where it is connected, else 07. */
const states: Readonly<Record<string, string>> = {
  '01': 'established',
  '02': 'syn sent',
  '03': 'syn received',
  '04': 'fin wait 1',
  '05': 'fin wait 2',
  '06': 'time wait',
  '07': 'closed',
  '08': 'close wait',
  '09': 'last ack',
  '0A': 'listen',
  '0B': 'closing',
  '0C': 'new syn received',
};

const row =
  /^ *\d{1,9}: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:[0-9A-F]+ [0-9A-F]+ +(\d{1,10}) +\d+ +(\d{1,20})(?: |$)/;

/** No phone holds so many; what comes behind them is counted and not kept. */
const mostSockets = 50_000;

/**
 * Reads `/proc/net/tcp`, `tcp6`, `udp` and `udp6` as `cat` puts them one behind the other. No line says which file it is of:
 * the headings differ. Source: `tcp4_seq_show`, `tcp6_seq_show`, `udp4_seq_show`, `udp6_seq_show` of the kernel, 3.4 to 6.6.
 */
export class SocketReader implements LineReader {
  private readonly sink: RecordSink;
  private readonly stamp = new StampLines();
  private readonly tables: SocketTable[] = [];
  private table: SocketTable | null = null;
  private firstRow: Place | null = null;
  private count = 0;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    if (this.stamp.take(text, at)) return;
    if (text.trimStart().startsWith('sl ')) this.heading(text, at);
    else if (text.startsWith('cat: ')) {
      this.table = null;
      this.warn(at, text, 'The phone did not give this table.');
    } else if (text.trim() !== '') this.row(text, at);
  }

  unfinished(text: string, at: Place): void {
    if (text.trim() !== '') cutLine(this.sink, 'answer', text, at);
  }

  private heading(text: string, at: Place): void {
    const six = text.includes('remote_address');
    const protocol = text.includes('drops') ? 'udp' : 'tcp';
    this.table = six ? `${protocol}6` : protocol;
    if (this.tables.includes(this.table)) this.warn(at, text, 'This table stands here a second time.');
    else this.tables.push(this.table);
    this.firstRow ??= at;
  }

  private row(text: string, at: Place): void {
    const { table } = this;
    const found = row.exec(text);
    const state = found && states[found[5]!];
    const width = table?.endsWith('6') ? 32 : 8;
    if (!found || !table || !state || found[1]!.length !== width || found[3]!.length !== width) {
      this.warn(at, text, 'This line is no row of a table of sockets.');
      return;
    }
    this.count += 1;
    if (this.count > mostSockets) {
      if (this.count === mostSockets + 1)
        this.warn(at, text, `From here on sockets are not read: there are more than ${mostSockets}.`);
      return;
    }
    const inode = Number(found[7]);
    const uid = Number(found[6]);
    this.sink.record(
      {
        kind: 'socket',
        table,
        localIp: addressOf(found[1]!),
        localPort: Number.parseInt(found[2]!, 16),
        remoteIp: addressOf(found[3]!),
        remotePort: Number.parseInt(found[4]!, 16),
        state,
        // Without a number a socket belongs to nobody any more, and the kernel prints the uid of root.
        uid: inode === 0 && uid === 0 ? null : uid,
        inode: inode === 0 ? null : inode,
      },
      at,
    );
  }

  /** The look stands at the end, when it is known which tables came; its place is that of the time. */
  end(): void {
    const at = this.stamp.place ?? this.firstRow;
    if (at) this.sink.record(this.stamp.look(this.tables), at);
  }

  private warn(at: Place, text: string, reason: string): void {
    this.sink.warn({ at, text: text.trim().slice(0, 200), reason });
  }
}
