import type { LineReader, RecordSink } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import type { SyncRecord } from '../../../model/record.ts';
import { cutLine } from '../../cut-line.ts';

type Account = Pick<SyncRecord, 'user' | 'accountType' | 'accountName'>;
type Row = { -readonly [K in keyof SyncRecord]: SyncRecord[K] };

/** Where the columns of a table begin, by their headings. */
interface Columns {
  readonly syncable: number;
  readonly enabled: number;
  readonly afterEnabled: number;
  readonly last: number;
  /** Where the column behind the last time begins, or where it would. */
  readonly afterLast: number;
}

const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

function columnsOf(header: string): Columns | null {
  const at = (word: string) => header.indexOf(word);
  const enabled = at('Enabled');
  const last = at('Last Sync');
  if (at('Syncable') < 0 || enabled < 0 || last < 0) return null;
  const behind = [at('Backoff'), at('Periodic')].find((one) => one > last);
  const afterEnabled = header.slice(enabled + 7).search(/\S/) + enabled + 7;
  return { syncable: at('Syncable'), enabled, afterEnabled, last, afterLast: behind ?? Number.POSITIVE_INFINITY };
}

/**
 * Reads `dumpsys content`: whether accounts are kept in step by themselves (`Auto sync: u0=true`), and the table “Sync Status” of each
 * account. Columns stand where their headings begin; the last times follow in lines of their own. Before Android 4.2 the same is
 * said in words. Source: SyncManager.dumpSyncState and PrintTable of AOSP.
 */
export class SyncReader implements LineReader {
  private readonly sink: RecordSink;
  private inStatus = false;
  private account: Account | null = null;
  private columns: Columns | null = null;
  private row: { readonly said: Row; readonly at: Place; outcome: 'SUCCESS' | 'FAILURE' | null } | null = null;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    const auto = /^auto sync: (.*)$/i.exec(text);
    if (auto) {
      for (const [, user, on] of auto[1]!.matchAll(/u(\d{1,6})=(true|false)/g)) {
        this.sink.record({ kind: 'property', key: `sync.automatic.user.${user}`, value: on! }, at);
      }
      return;
    }
    if (/^Sync Status\s*$/.test(text)) {
      this.inStatus = true;
      return;
    }
    if (!this.inStatus) return;
    if (this.heading(text, at)) return;
    if (this.account && this.columns) this.inTable(text, this.columns, at);
    else if (this.account) this.inWords(text, at);
  }

  /** Begins an account, or ends the part; true: the line was one of these. */
  private heading(text: string, at: Place): boolean {
    const now = /^Account (.*) u(\d{1,6}) ([\w.-]{1,200})\s*$/.exec(text);
    const before = now ? null : /^ {2}Account (.*) ([\w.-]{1,200}):\s*$/.exec(text);
    if (now || before) {
      this.release();
      this.columns = null;
      this.account = now
        ? { user: Number(now[2]), accountType: now[3]!, accountName: now[1]! }
        : { user: null, accountType: before![2]!, accountName: before![1]! };
      return true;
    }
    if (/^Account /.test(text)) {
      this.release();
      this.account = null;
      this.sink.warn({ at, text: null, reason: 'The account of this table could not be read.' });
      return true;
    }
    if (/^Authority\b/.test(text) && this.account) {
      this.release();
      this.columns = columnsOf(text);
      if (!this.columns) {
        this.sink.warn({ at, text: text.slice(0, 200), reason: 'The columns of this table are not known.' });
        this.account = null;
      }
      return true;
    }
    // The next part of the dump begins at the margin.
    if (/^[A-Z(][A-Za-z ]+/.test(text) && !this.columns) {
      this.release();
      this.inStatus = false;
      return true;
    }
    if (/^(?:Recent Sync History|Today:|Sync Statistics|Per Adapter History|SyncManager Config)/.test(text)) {
      this.release();
      this.inStatus = false;
      return true;
    }
    return false;
  }

  private inTable(text: string, columns: Columns, at: Place): void {
    if (/^[-=]{3,}\s*$/.test(text)) return;
    if (text.trim() === '') {
      this.release();
      return;
    }
    const authority = text.slice(0, columns.syncable).trim();
    const last = text.slice(columns.last, columns.afterLast).trim();
    if (authority !== '') {
      this.release();
      const syncable = text.slice(columns.syncable, columns.enabled).trim();
      const enabled = text.slice(columns.enabled, columns.afterEnabled).trim();
      if (!/^(?:true|false)$/.test(enabled) || !/^-?\d$/.test(syncable)) {
        this.sink.warn({ at, text: text.trim().slice(0, 200), reason: 'This line of the table could not be read.' });
        return;
      }
      this.open({ authority, syncable: Number(syncable), enabled: enabled === 'true' }, at);
    }
    this.lastTime(last);
  }

  /** `LOCAL SUCCESS`, and in the line below it the time. */
  private lastTime(said: string): void {
    if (!this.row) return;
    const outcome = /\b(SUCCESS|FAILURE)$/.exec(said)?.[1];
    if (outcome) this.row.outcome = outcome as 'SUCCESS' | 'FAILURE';
    else if (time.test(said) && this.row.outcome) {
      this.row.said[this.row.outcome === 'SUCCESS' ? 'lastSuccess' : 'lastFailure'] = said;
      this.row.outcome = null;
    }
  }

  private inWords(text: string, at: Place): void {
    const authority = /^ {4}([\w.:-]{1,300}):\s*$/.exec(text)?.[1];
    if (authority !== undefined) {
      this.release();
      this.open({ authority, syncable: null, enabled: null }, at);
      return;
    }
    if (!this.row) return;
    const settings = /^ {6}settings: (.{0,200})$/.exec(text)?.[1];
    if (settings !== undefined) {
      const words = settings.split(/, /);
      this.row.said.enabled = words.includes('enabled') ? true : words.includes('disabled') ? false : null;
      this.row.said.syncable = words.includes('syncable') ? 1 : words.includes('not syncable') ? 0 : null;
    }
    const done = /^ {6}(SUCCESS|FAILURE): .{0,200}time=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/.exec(text);
    if (done) this.row.said[done[1] === 'SUCCESS' ? 'lastSuccess' : 'lastFailure'] = done[2]!;
  }

  private open(said: Pick<SyncRecord, 'authority' | 'syncable' | 'enabled'>, at: Place): void {
    if (!this.account) return;
    this.row = {
      said: { kind: 'sync', ...this.account, ...said, lastSuccess: null, lastFailure: null },
      at,
      outcome: null,
    };
  }

  private release(): void {
    if (this.row) this.sink.record(this.row.said, this.row.at);
    this.row = null;
  }

  unfinished(text: string, at: Place): void {
    cutLine(this.sink, 'dump', this.inStatus ? '' : text, at);
  }

  passedOver(): void {
    this.row = null;
  }

  end(): void {
    this.release();
  }
}
