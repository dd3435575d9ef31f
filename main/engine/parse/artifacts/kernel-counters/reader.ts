import type { LineReader, RecordSink } from '../../../model/artifact.ts';
import type { Place } from '../../../model/place.ts';
import type { CounterRecord, CounterSet, CounterSetRecord } from '../../../model/record.ts';
import { cutLine } from '../../cut-line.ts';
import { StampLines } from '../../stamp-lines.ts';

type Row = CounterRecord | CounterSetRecord;

/** Maps that are read, with the name under which a look lists them. */
const maps: Readonly<Record<string, string>> = {
  mUidCounterSetMap: 'counter sets',
  mAppUidStatsMap: 'apps',
  mIfaceStatsMap: 'interfaces',
};

/** No phone has so many counters; what comes behind them is not kept. */
const mostRows = 100_000;

const setOf = (number: string): CounterSet => (number === '0' ? 'default' : number === '1' ? 'foreground' : 'unknown');

/**
 * Reads the kernel's counters by uid, in the three forms in which a phone shows them:
 * `/proc/net/xt_qtaguid/stats` (Android 5 to 9; net/netfilter/xt_qtaguid.c of the kernel), `dumpsys connectivity
 * trafficcontroller` (Android 13; TrafficController::dump) and the part `BPF map content:` of `dumpsys netstats` (Android 14
 * and later; NetworkStatsService.dump). All else in such a dump is passed over. A map that changes while it is dumped is begun
 * anew by the phone: of two rows for the same thing the later one holds.
 */
export class CounterReader implements LineReader {
  private readonly sink: RecordSink;
  private readonly stamp = new StampLines();
  private readonly parts: string[] = [];
  private form: 'none' | 'qtaguid' | 'maps' = 'none';
  /** Name of the map whose rows come; null: one that is not read. */
  private map: string | null = null;
  private count = 0;
  private first: Place | null = null;

  constructor(sink: RecordSink) {
    this.sink = sink;
  }

  line(text: string, at: Place): void {
    if (this.stamp.take(text, at)) return;
    if (text.startsWith('idx iface acct_tag_hex ')) this.begin('qtaguid', at);
    else if (/^\s*BPF map content:\s*$/.test(text)) this.begin('maps', at);
    else if (this.form === 'qtaguid') this.qtaguid(text, at);
    else if (this.form === 'maps') this.mapLine(text.trim(), at);
  }

  unfinished(text: string, at: Place): void {
    if (text.trim() !== '') cutLine(this.sink, 'answer', text, at);
  }

  private begin(form: 'qtaguid' | 'maps', at: Place): void {
    this.form = form;
    this.map = null;
    this.first ??= at;
    if (form === 'qtaguid') this.part('apps');
  }

  private part(name: string): void {
    if (!this.parts.includes(name)) this.parts.push(name);
  }

  private qtaguid(text: string, at: Place): void {
    if (text.trim() === '') return;
    const row =
      /^\d+ (\S{1,64}) 0x([0-9a-f]{1,16}) (\d{1,10}) (\d{1,5}) (\d{1,16}) (\d{1,16}) (\d{1,16}) (\d{1,16})(?: |$)/.exec(
        text,
      );
    if (!row) {
      this.warn(at, text, 'This line is no row of the counters.');
      return;
    }
    // The tag stands in the upper half. Rows with one are a part of those without.
    if (!/^0+$/.test(row[2]!)) return;
    this.keep(counter('app', Number(row[3]), row[1]!, setOf(row[4]!), row.slice(5)), at);
  }

  private mapLine(text: string, at: Place): void {
    const head = /^([A-Za-z]\w{0,60}):{1,2}$/.exec(text)?.[1];
    if (head !== undefined) {
      this.map = maps[head] === undefined ? null : head;
      if (this.map !== null) this.part(maps[head]!);
      return;
    }
    if (this.map === null || text === '') return;
    if (/^Entry is deleted while dumping/.test(text)) return;
    if (/print end with error/.test(text)) this.warn(at, text, 'The phone broke off in this map: rows may be missing.');
    else if (!this.mapRow(text, at) && !/^(?:uid|ifaceIndex) /.test(text)) {
      this.warn(at, text, 'This line is no row of the map.');
    }
  }

  private mapRow(text: string, at: Place): boolean {
    if (this.map === 'mUidCounterSetMap') {
      const row = /^(?:uid=)?(\d{1,10}) (?:set=)?(\d{1,5})$/.exec(text);
      if (row) this.keep({ kind: 'counter set', uid: Number(row[1]), set: setOf(row[2]!) }, at);
      return row !== null;
    }
    if (this.map === 'mAppUidStatsMap') {
      const row = /^(\d{1,10}) (\d{1,16}) (\d{1,16}) (\d{1,16}) (\d{1,16})$/.exec(text);
      if (row) this.keep(counter('app', Number(row[1]), null, null, row.slice(2)), at);
      return row !== null;
    }
    const row = /^\d{1,10} (\S{1,64}) (\d{1,16}) (\d{1,16}) (\d{1,16}) (\d{1,16})$/.exec(text);
    if (row) this.keep(counter('interface', null, row[1]!, null, row.slice(2)), at);
    return row !== null;
  }

  private keep(record: Row, at: Place): void {
    this.count += 1;
    if (this.count <= mostRows) this.sink.record(record, at);
    else if (this.count === mostRows + 1) {
      this.warn(at, '', `From here on counters are not read: there are more than ${mostRows}.`);
    }
  }

  end(cut: boolean): void {
    const at = this.stamp.place ?? this.first;
    if (at) this.sink.record(this.stamp.look(this.parts), at);
    if (this.parts.length === 0 && !cut && this.stamp.place) {
      this.warn(this.stamp.place, '', 'No counters stand in this answer.');
    }
  }

  private warn(at: Place, text: string, reason: string): void {
    this.sink.warn({ at, text: text === '' ? null : text.trim().slice(0, 200), reason });
  }
}

/** The four figures come as received bytes and packets, then sent ones. */
function counter(
  of: CounterRecord['of'],
  uid: number | null,
  iface: string | null,
  set: CounterSet | null,
  [receivedBytes, receivedPackets, sentBytes, sentPackets]: readonly string[],
): CounterRecord {
  return {
    kind: 'counter',
    of,
    uid,
    iface,
    set,
    receivedBytes: Number(receivedBytes),
    receivedPackets: Number(receivedPackets),
    sentBytes: Number(sentBytes),
    sentPackets: Number(sentPackets),
  };
}
