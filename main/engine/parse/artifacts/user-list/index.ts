import type { LineReader, RecordSink, TextArtifact } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import type { UserRecord } from '../../../model/record.ts';
import { cutLine } from '../../cut-line.ts';

const said = (text: string): string | null => (text === '' || text === 'null' ? null : text);

/**
 * Reads `pm list users` (`UserInfo{0:Owner:c13} running`), its verbose form of later systems
 * (`0: id=0, name=Owner, type=full.SYSTEM, flags=… (running)`) and `dumpsys user` (`UserInfo{…} serialNo=0`, then
 * `State: RUNNING_UNLOCKED`). A name may hold colons. Source: UserInfo and UserManagerService of AOSP.
 */
class UserListReader implements LineReader {
  private readonly sink: RecordSink;
  private held: { readonly user: UserRecord; readonly at: Place } | null = null;
  private readonly seen = new Set<number>();

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    const info = /^\s*UserInfo\{(\d{1,6}):(.{0,500}):([0-9a-fA-F]{1,16})\}(.*)$/.exec(text);
    if (info) {
      this.release();
      const [, id, name, flags, rest] = info;
      const user: UserRecord = { kind: 'user', id: Number(id), name: said(name!), flags: flags!, running: null };
      if (/\bserialNo=/.test(rest!)) this.held = { user, at };
      else this.record({ ...user, running: /\brunning\b/.test(rest!) }, at);
      return;
    }
    const verbose = /^\s*\d+: id=(\d{1,6}), name=(.{0,500}), type=(\S{1,100}), flags=(\S{0,500})(.*)$/.exec(text);
    if (verbose) {
      const [, id, name, , flags, rest] = verbose;
      const running = /\(running\)/.test(rest!);
      this.record({ kind: 'user', id: Number(id), name: said(name!), flags: flags || null, running }, at);
      return;
    }
    const state = this.held ? /^\s*State: (\S+)/.exec(text)?.[1] : undefined;
    if (this.held && state !== undefined) {
      this.held = { ...this.held, user: { ...this.held.user, running: state.startsWith('RUNNING') } };
      this.release();
    } else if (/^\s*UserInfo\{/.test(text)) {
      this.sink.warn({ at, text: text.trim().slice(0, 200), reason: 'This user could not be read.' });
    } else if (/:[0-9a-fA-F]{1,8}\} running\s*$/.test(text)) {
      // The second half of a line that a name with a line end in it broke in two.
      const reason =
        'The end of a user’s line without its beginning: a name has a line end in it, and users named in between may be a part of that name.';
      this.sink.warn({ at, text: text.trim().slice(0, 200), reason });
    }
  }

  unfinished(text: string, at: Place): void {
    if (/^\s*UserInfo\{.*\} (?:running|serialNo=\d+)$/.test(text)) {
      this.line(text, at);
      return;
    }
    cutLine(this.sink, 'list', text, at);
  }

  passedOver(): void {
    this.release();
  }

  end(): void {
    this.release();
  }

  private release(): void {
    if (this.held) this.record(this.held.user, this.held.at);
    this.held = null;
  }

  /** `dumpsys user` names a user again further down. */
  private record(user: UserRecord, at: Place): void {
    if (this.seen.has(user.id)) return;
    this.seen.add(user.id);
    this.sink.record(user, at);
  }
}

/** The users of the phone: owner, work profile, second space, dual apps. */
export const userList: TextArtifact = {
  id: 'user-list',
  title: 'Users of the phone',
  form: 'text',
  reads: ['pm list users', 'dumpsys user'],
  proves: ['At the time of the command the phone held these users.'],
  doesNotProve: ['It does not say which person used the phone.', 'It does not name users that were removed before.'],
  recognise({ text }) {
    return /^Users:\s*$/m.test(text) && /^\s+(?:UserInfo\{\d+:|\d+: id=\d+, name=)/m.test(text)
      ? 'pm list users'
      : null;
  },
  open: (_section, sink) => new UserListReader(sink),
};
