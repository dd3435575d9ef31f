/** Where a capture reader puts what it found. `bytes` is only good for the time of the call. */
export interface PacketSink {
  /**
   * One captured frame: `length` bytes from `start` in `bytes`, `wireLength` as long as it was on the wire. `atUs` is
   * microseconds of UTC by the capturing clock, `offset` the place of its record in the capture, from 0.
   */
  packet(
    bytes: Uint8Array,
    start: number,
    length: number,
    wireLength: number,
    atUs: number,
    source: CaptureInterface,
    offset: number,
  ): void;
  /** The uid that the capture names for the packet that comes next. */
  uidOfNext?(uid: number): void;
  /** A block that carries no packet and is of use: names that were resolved, keys, what PCAPdroid says of apps. */
  note(note: CaptureNote): void;
  /** What cannot be read; the place is the record's first byte. */
  warn(offset: number, reason: string): void;
}

/** One interface that a capture was made on. */
export interface CaptureInterface {
  /** Number in the capture file, from 0, over all its sections. */
  readonly id: number;
  /** LINKTYPE_ number of tcpdump.org. */
  readonly link: number;
  /** Longest frame that was kept; 0: no limit. */
  readonly snapLength: number;
  readonly name: string | null;
}

export type CaptureNote =
  | { readonly kind: 'capture'; readonly form: string; readonly software: string | null; readonly offset: number }
  | { readonly kind: 'comment'; readonly text: string; readonly offset: number }
  | {
      readonly kind: 'resolved name';
      readonly address: string;
      readonly names: readonly string[];
      readonly offset: number;
    }
  | { readonly kind: 'secrets'; readonly type: number; readonly bytes: number; readonly offset: number }
  | {
      readonly kind: 'app of uid';
      readonly uid: number;
      readonly package: string;
      readonly app: string;
      readonly offset: number;
    }
  | { readonly kind: 'dropped'; readonly packets: number; readonly offset: number };
