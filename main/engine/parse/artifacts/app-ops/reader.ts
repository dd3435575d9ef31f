import type { LineReader, RecordSink } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import type { AppOpRecord } from '../../../model/record.ts';
import { cutLine } from '../../cut-line.ts';
import { duration, modeWord, uidOfName } from './times.ts';

type Of = 'access' | 'reject';

/** `CAMERA (allow / switch X=allow): `, since Android 9. */
const opened = /^([A-Z][A-Z0-9_]{1,80}|Unknown\(-?\d{1,6}\)|\d{1,6}) \(([a-z]{2,12})(?: \/ switch [^)]{1,200})?\):$/;
/** `CAMERA: mode=0; time=+1h2m3s4ms ago; …`, up to Android 8, and modes of a uid since. */
const oneLine = /^([A-Z][A-Z0-9_]{1,80}|Unknown\(-?\d{1,6}\)|\d{1,6}): mode=([a-z]{2,12}|\d)(;.{0,1000})?$/;
/** `[top-s] 2024-01-02 03:04:05.678 (-1h2m3s4ms) duration=+33ms …`; a refusal has no space behind its bracket. */
const stated = /^\[([a-z]{2,8})-([a-z]{1,4})\] ?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) \(([^)]{1,40})\)(.{0,4000})$/;
/** `top   = 2019-06-01 12:00:00.123 (-1h2m3s4ms)`, Android 9. */
const named = /^([a-z]{2,8}) *= (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) \(([^)]{1,40})\)$/;

/** Reads `dumpsys appops`, Android 5 to 16. What stands before the first uid tells who watches, and is passed over. */
export class AppOpsReader implements LineReader {
  private readonly sink: RecordSink;
  private uid: number | null = null;
  private package: string | null = null;
  /** The operation whose times follow. */
  private op: { readonly name: string; readonly mode: string } | null = null;
  private last: Of = 'access';
  private uids = 0;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    let indent = 0;
    while (text.charCodeAt(indent) === 32) indent += 1;
    const said = text.trim();
    if (said === '') return;
    if (indent <= 2) {
      this.closeOp();
      const uid = indent === 2 ? /^Uid (\S{1,20}):$/.exec(said)?.[1] : undefined;
      this.uid = uid === undefined ? null : uidOfName(uid);
      this.package = null;
      if (uid !== undefined) this.uids += 1;
      if (uid !== undefined && this.uid === null) this.strange(said, at);
    } else if (this.uid !== null) this.inside(said, indent, at);
  }

  private inside(said: string, indent: number, at: Place): void {
    if (indent === 4) {
      this.closeOp();
      const name = /^Package (\S{1,300}):$/.exec(said)?.[1];
      // Other words at this depth are of the uid: `state=cch`, `foregroundOps:`.
      if (name !== undefined) this.package = name;
      return;
    }
    if (indent === 6) {
      this.closeOp();
      const op = opened.exec(said);
      if (op) {
        this.op = { name: op[1]!, mode: modeWord(op[2]!) };
        this.mode(this.op.name, this.op.mode, at);
      } else this.wholeOp(said, at);
      return;
    }
    if (!this.op) return;
    const labelled = /^(Access|Reject): ?(.*)$/.exec(said);
    if (labelled) this.last = labelled[1] === 'Access' ? 'access' : 'reject';
    const rest = labelled ? labelled[2]! : said;
    if (labelled || named.test(rest)) this.time(rest, at);
  }

  /** An operation on one line, with the time and the refusal that it may name. */
  private wholeOp(said: string, at: Place): void {
    const match = oneLine.exec(said);
    if (!match) {
      // `COARSE_LOCATION: WATCHER`: who watches, not who did.
      if (/: mode=|\(.*\):$/.test(said)) this.strange(said, at);
      return;
    }
    const [, op, mode, rest = ''] = match;
    const known = { op: op!, mode: modeWord(mode!), state: null, flag: null, local: null };
    const lasting = /; duration=(\S{1,40})/.exec(rest)?.[1];
    const durationUs = lasting === undefined ? null : duration(lasting);
    this.mode(known.op, known.mode, at);
    for (const [word, of] of [
      ['time', 'access'],
      ['rejectTime', 'reject'],
    ] as const) {
      const ago = new RegExp(`; ${word}=(\\S{1,40}) ago`).exec(rest)?.[1];
      if (ago === undefined) continue;
      const agoUs = duration(ago);
      if (agoUs === null) this.strange(said, at);
      else this.emit({ ...known, of, agoUs, durationUs: of === 'access' ? durationUs : null }, at);
    }
  }

  private time(rest: string, at: Place): void {
    const { op } = this;
    if (!op) return;
    const known = { op: op.name, mode: op.mode, of: this.last };
    const bracket = stated.exec(rest);
    if (bracket) {
      const [, state, flag, local, distance, more] = bracket;
      const lasting = / duration=(\S{1,40})/.exec(more!)?.[1];
      const durationUs = lasting === undefined ? null : duration(lasting);
      this.emit({ ...known, state: state!, flag: flag!, local: local!, agoUs: ago(distance!), durationUs }, at);
      return;
    }
    const plain = named.exec(rest);
    if (plain) {
      const [, state, local, distance] = plain;
      this.emit({ ...known, state: state!, flag: null, local: local!, agoUs: ago(distance!), durationUs: null }, at);
    } else this.strange(rest, at);
  }

  private emit(said: Omit<AppOpRecord, 'kind' | 'uid' | 'package'>, at: Place): void {
    this.sink.record({ kind: 'app op', uid: this.uid, package: this.package, ...said }, at);
  }

  /** What an operation is set to stands once, and each time at which it was done or refused beside it. */
  private mode(op: string, mode: string, at: Place): void {
    this.emit({ op, mode, of: null, state: null, flag: null, local: null, agoUs: null, durationUs: null }, at);
  }

  private closeOp(): void {
    this.op = null;
    this.last = 'access';
  }

  private strange(said: string, at: Place): void {
    const reason = 'This line of an app’s operations could not be read.';
    this.sink.warn({ at, text: said.slice(0, 200), reason });
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'dump', text, at);
  }

  passedOver(): void {
    this.op = null;
  }

  end(cut: boolean): void {
    if (this.uids === 0 && !cut) {
      this.sink.warn({ at: { line: null, offset: null }, text: null, reason: 'This dump names no app’s operations.' });
    }
  }
}

/** The dump writes the time minus now: below 0 is in the past. */
function ago(distance: string): number | null {
  const us = duration(distance);
  return us === null ? null : us === 0 ? 0 : -us;
}
