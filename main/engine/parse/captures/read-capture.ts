import type { CaptureRun } from './capture-run.ts';
import { type CaptureReader, PCAP_HEAD, PcapReader, pcapHead } from './pcap-reader.ts';
import { isPcapng, PcapngReader } from './pcapng-reader.ts';

const FIRST_BUFFER = 64 * 1024;

/** The form of a capture, or null where these bytes begin none. */
export function captureForm(bytes: Uint8Array): 'pcap' | 'pcapng' | null {
  if (pcapHead(bytes)) return 'pcap';
  return isPcapng(bytes) ? 'pcapng' : null;
}

/** Takes the pieces of one capture in their order and hands its packets to a run. */
export class CaptureBytes {
  private readonly run: CaptureRun;
  private reader: CaptureReader | null = null;
  private buffer = new Uint8Array(FIRST_BUFFER);
  private held = 0;
  /** Place of the buffer's first byte in the capture. */
  private base = 0;

  constructor(run: CaptureRun) {
    this.run = run;
  }

  /** Bytes that were taken so far. */
  get taken(): number {
    return this.base + this.held;
  }

  /** Nothing more will be understood. */
  get broken(): boolean {
    return this.reader?.broken ?? false;
  }

  /** The capture ends in the middle of a record, or cannot be followed to its end. */
  get incomplete(): boolean {
    return this.broken || this.held > 0;
  }

  /** Takes a piece. Whole packets are read where they lie; only what is cut by the end of a piece is copied. */
  take(piece: Uint8Array): void {
    if (this.broken) {
      this.base += piece.length;
      return;
    }
    let from = 0;
    while (this.held > 0 && from < piece.length && !this.broken) {
      const wanted = Math.max(1, (this.reader?.wanted ?? PCAP_HEAD) - this.held);
      const take = Math.min(piece.length - from, wanted);
      this.hold(piece.subarray(from, from + take));
      from += take;
      const used = this.read(this.buffer.subarray(0, this.held));
      this.buffer.copyWithin(0, used, this.held);
      this.held -= used;
      this.base += used;
    }
    if (this.broken) {
      this.base += this.held + piece.length - from;
      this.held = 0;
      return;
    }
    if (from === piece.length) return;
    const rest = piece.subarray(from);
    const used = this.read(rest);
    this.base += used;
    this.hold(rest.subarray(used));
  }

  private hold(bytes: Uint8Array): void {
    if (this.held + bytes.length > this.buffer.length) {
      const wider = new Uint8Array(Math.max(this.buffer.length * 2, this.held + bytes.length));
      wider.set(this.buffer.subarray(0, this.held));
      this.buffer = wider;
    }
    this.buffer.set(bytes, this.held);
    this.held += bytes.length;
  }

  private read(bytes: Uint8Array): number {
    if (this.reader) return this.reader.read(bytes, this.base);
    if (isPcapng(bytes)) {
      this.reader = new PcapngReader(this.run);
      return this.reader.read(bytes, this.base);
    }
    const head = pcapHead(bytes);
    if (!head) return 0;
    this.run.note({ kind: 'capture', form: 'pcap', software: null, offset: 0 });
    this.reader = new PcapReader(this.run, head);
    return PCAP_HEAD + this.reader.read(bytes.subarray(PCAP_HEAD), this.base + PCAP_HEAD);
  }

  /** The capture is over. A packet that is cut off is said with its place. */
  end(): void {
    if (!this.broken && this.held > 0) {
      const left = `${this.held} bytes behind the last whole packet are a piece of one: the capture was cut off there.`;
      this.run.warn(this.base, left);
    }
    this.run.end();
  }
}
