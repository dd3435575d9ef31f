import { addressText } from './ip-packet.ts';
import type { PacketSink } from './packet-sink.ts';
import type { SectionBytes } from './pcapng-bytes.ts';
import { word } from './wire-numbers.ts';

/** Blocks of the newer form that carry no packet; `from` and `to` enclose a block's body, `offset` is the block's place. */
export type NoteReader = (
  sink: PacketSink,
  order: SectionBytes,
  bytes: Uint8Array,
  from: number,
  to: number,
  offset: number,
) => void;

/** Names that whoever captured knew for addresses: IPv4 under kind 1, IPv6 under kind 2, each with one or more names behind it. */
const names: NoteReader = (sink, order, bytes, from, to, offset) => {
  for (let at = from; at + 4 <= to; ) {
    const kind = order.half(bytes, at);
    const length = order.half(bytes, at + 2);
    if (kind === 0 || at + 4 + length > to) return;
    const words = kind === 1 ? 1 : 4;
    const value = at + 4;
    if ((kind === 1 || kind === 2) && length > words * 4) {
      const address = addressText(
        kind === 1 ? 4 : 6,
        Array.from({ length: words }, (_, n) => word(bytes, value + 4 * n)),
      );
      const said = order
        .text(bytes, value + words * 4, value + length)
        .split('\0')
        .filter(Boolean);
      sink.note({ kind: 'resolved name', address, names: said, offset });
    }
    at = value + ((length + 3) & ~3);
  }
};

/** How many packets an interface lost by its own count. */
const statistics: NoteReader = (sink, order, bytes, from, to, offset) => {
  order.options(bytes, from + 12, to, (code, at, end) => {
    if (code !== 5 || end - at !== 8) return;
    const packets = order.long(bytes, at);
    if (packets > 0) sink.note({ kind: 'dropped', packets, offset });
  });
};

const secrets: NoteReader = (sink, order, bytes, from, to, offset) => {
  if (to - from < 8) return;
  sink.note({ kind: 'secrets', type: order.word(bytes, from), bytes: order.word(bytes, from + 4), offset });
};

/** Private enterprise number 62652, type 1: which app has a uid. Source: PCAPdroid, its own block. */
const appOfUid: NoteReader = (sink, order, bytes, from, to, offset) => {
  if (to - from < 14 || order.word(bytes, from) !== 62_652 || bytes[from + 6] !== 1) return;
  const uid = order.word(bytes, from + 8) | 0;
  const packageLength = bytes[from + 12]!;
  const appLength = bytes[from + 13]!;
  const at = from + 14;
  if (at + packageLength + appLength > to) return;
  const name = order.text(bytes, at, at + packageLength);
  const app = order.text(bytes, at + packageLength, at + packageLength + appLength);
  sink.note({ kind: 'app of uid', uid, package: name, app, offset });
};

/** Which reader a type of block has. Source: IETF draft-ietf-opsawg-pcapng. */
export const noteReaders: ReadonlyMap<number, NoteReader> = new Map([
  [4, names],
  [5, statistics],
  [10, secrets],
  [0xbad, appOfUid],
]);
