import { userOf } from '../../../shared/base/uid.ts';
import type { ComingEvidence, Evidence } from '../model/evidence.ts';
import type { ParseOutput, SectionTotals } from '../model/parse-output.ts';
import type { Place, SectionHead } from '../model/place.ts';
import type { ArtifactRecord, BucketRecord, FlowRecord, PackageRecord, SeriesRecord } from '../model/record.ts';
import type { ParseWarning } from '../model/warning.ts';
import { signerCells } from './apk-signers.ts';
import { type Cell, columns, type TableName } from './columns.ts';
import type { Growth } from './counters.ts';
import { flowCells, flowContactCells, lookUpCells, openerIsPhone } from './flows.ts';
import { GatheredLook, growthCells, type LookPart, LookRows, liveSeriesCells, liveSeriesKey } from './look-rows.ts';
import { type Network, networkOf, networkOfInterface } from './network.ts';
import { type StateRecord, stateCells } from './phone-state.ts';
import { foregroundOf, notCounted } from './series.ts';

export { type Cell, columns, type TableName };
export type Rows = Cell[][];

/** Where numbering goes on: the highest id of each table, and what is known already. */
export interface Continuation {
  readonly highest: Readonly<Record<TableName, number>>;
  readonly networks: ReadonlyMap<string, number>;
  readonly snapshots: ReadonlyMap<string, number>;
}

const bit = (value: boolean | null): Cell => (value === null ? null : value ? 1 : 0);

/** `uid.1677370094718-1678666645910`, its active form and its backup are versions of one part: recorder and start. */
function partOf(fileName: string): string {
  return fileName.replace(/\.(?:no_)?backup$/, '').replace(/-\d*$/, '');
}

interface OpenSection {
  readonly id: number;
  head: SectionHead;
  readonly row: Cell[];
  readonly series: { id: number; counted: 0 | 1; bucketUs: number }[];
  readonly liveSeries: Map<string, number>;
  gathered: GatheredLook | null;
}

/** Turns the records of a batch into rows: events on one clock, networks and series with one identity each. */
export class RowCollector implements ParseOutput {
  /** Rows that are not stored yet; whoever stores them empties the lists. */
  readonly rows: Record<TableName, Rows> = {
    section: [],
    snapshot: [],
    network: [],
    series: [],
    volume: [],
    contact: [],
    flow: [],
    lookup: [],
    watched: [],
    package_said: [],
    apk_signer: [],
    phone_account: [],
    app_op: [],
    setting: [],
    sync_state: [],
    property: [],
    warning: [],
  };
  readonly users = new Map<number, Cell[]>();
  /** Sections of the evidence at hand: how many, and whether anything was understood. */
  understood = false;

  readonly #next: Record<TableName, number>;
  readonly #networks: Map<string, { id: number; network: Network }>;
  readonly #snapshots: Map<string, number>;
  readonly #open = new Map<number, OpenSection>();
  readonly #flush: ((rows: RowCollector['rows']) => Promise<void> | undefined) | null;
  #evidence: Evidence | ComingEvidence | null = null;
  #segment: OpenSection | null = null;
  readonly #looks = new LookRows({
    contact: (cells) => void this.rows.contact.push([++this.#next.contact, ...cells]),
    watched: (cells) => void this.rows.watched.push([++this.#next.watched, ...cells]),
    growth: (section, growth) => this.#growth(section, growth),
    warn: (section, at, text, reason) => this.warn(section, { at, text, reason }),
  });

  /** `flush` is asked now and then to take the rows that have gathered. */
  constructor(from: Continuation, flush: ((rows: RowCollector['rows']) => Promise<void> | undefined) | null = null) {
    this.#next = { ...from.highest };
    this.#networks = new Map();
    this.#known = from.networks;
    this.#snapshots = new Map(from.snapshots);
    this.#flush = flush;
  }
  readonly #known: ReadonlyMap<string, number>;

  /** The evidence whose records follow. Looks need the times around it, and are not read while it is coming. */
  begin(evidence: Evidence | ComingEvidence): void {
    this.#evidence = evidence;
    this.#open.clear();
    this.#segment = null;
    this.understood = false;
  }

  settle(): Promise<void> | undefined {
    return this.#flush?.(this.rows);
  }

  section(head: SectionHead, artifactId: string | null): number {
    if (artifactId) this.understood = true;
    const segment = head.sample ? this.#segment : null;
    if (segment && segment.head.member === head.member) {
      // The answers of one segment are one section of the case.
      segment.head = head;
      segment.row[7] ??= artifactId;
      return segment.id;
    }
    const id = ++this.#next.section;
    const row: Cell[] = [
      id,
      this.#evidence?.id ?? '',
      head.name,
      head.member,
      head.firstLine,
      head.offset,
      0,
      artifactId,
      0,
      0,
      0,
    ];
    this.rows.section.push(row);
    const open = { id, head, row, series: [], liveSeries: new Map(), gathered: null };
    this.#open.set(id, open);
    if (head.sample) this.#segment = open;
    return id;
  }

  sectionEnd(section: number, totals: SectionTotals): void {
    const open = this.#open.get(section);
    if (!open) return;
    const answers = open.head.sample ? open.row : [];
    open.row[6] = open.head.sample ? open.head.offset + totals.length - Number(open.row[5]) : totals.length;
    open.row[8] = Number(answers[8] ?? 0) + totals.records;
    open.row[9] = Number(answers[9] ?? 0) + totals.warnings;
    open.row[10] = Number(answers[10] ?? 0) || totals.cut ? 1 : 0;
    const { gathered } = open;
    open.gathered = null;
    if (gathered && this.#evidence && 'hostAfter' in this.#evidence)
      this.#looks.take(gathered, section, open.head, this.#evidence);
  }

  /** The batch is over: what was still open ends here. */
  end(): void {
    this.#looks.end();
  }

  warn(section: number | null, warning: ParseWarning): void {
    const name = section === null ? null : (this.#open.get(section)?.head.name ?? null);
    this.rows.warning.push([
      ++this.#next.warning,
      this.#evidence?.id ?? '',
      name,
      warning.at.line,
      warning.at.offset,
      warning.text,
      warning.reason,
    ]);
  }

  unrecognised(reason: string): void {
    this.warn(null, { at: { line: null, offset: null }, text: null, reason });
  }

  record(section: number, record: ArtifactRecord, at: Place): void {
    const open = this.#open.get(section);
    if (!open) return;
    switch (record.kind) {
      case 'bucket':
        this.#bucket(open, record, at);
        return;
      case 'series':
        this.#series(open, record);
        return;
      case 'package':
        this.#package(open, record, at);
        return;
      case 'user':
        this.users.set(record.id, [record.id, record.name, record.flags, bit(record.running)]);
        return;
      case 'property':
        this.rows.property.push([++this.#next.property, section, at.line, record.key, record.value]);
        return;
      case 'dump time':
        this.rows.property.push([++this.#next.property, section, at.line, 'dump time', record.local]);
        return;
      case 'clock reading':
        this.rows.property.push([
          ++this.#next.property,
          section,
          at.line,
          'clock reading',
          `${record.phoneUs} ${record.resolutionUs} ${record.uptimeUs ?? ''}`,
        ]);
        return;
      case 'socket':
      case 'counter':
      case 'counter set':
      case 'look':
        this.#look(open, record, at);
        return;
      case 'apk signer':
        this.rows.apk_signer.push([++this.#next.apk_signer, section, ...signerCells(record), at.offset]);
        return;
      case 'flow':
        this.#flow(section, record, at);
        return;
      case 'look-up':
        this.rows.lookup.push(lookUpCells(++this.#next.lookup, record, section, at.offset));
        return;
      case 'account':
      case 'account keeper':
      case 'app op':
      case 'setting':
      case 'sync':
        this.#state(section, record, at);
        return;
      case 'held span':
        this.rows.property.push([
          ++this.#next.property,
          section,
          at.line,
          `held span ${record.recorder}`,
          `${record.fromUs} ${record.toUs ?? ''}`,
        ]);
        return;
    }
  }

  #state(section: number, record: StateRecord, at: Place): void {
    const { table, cells } = stateCells(record);
    this.rows[table].push([++this.#next[table], section, at.line, ...cells]);
  }

  #flow(section: number, record: FlowRecord, at: Place): void {
    const id = ++this.#next.contact;
    const byPhone = openerIsPhone(record);
    this.rows.contact.push(flowContactCells(id, record, byPhone, section, at.offset));
    const facts = flowCells(id, record, byPhone);
    if (facts) this.rows.flow.push(facts);
  }

  #look(open: OpenSection, record: LookPart, at: Place): void {
    open.gathered ??= new GatheredLook();
    open.gathered.take(record, at);
  }

  #growth(section: number, growth: Growth): void {
    const open = this.#open.get(section);
    if (!open) return;
    const key = liveSeriesKey(growth);
    let series = open.liveSeries.get(key);
    if (series === undefined) {
      series = ++this.#next.series;
      open.liveSeries.set(key, series);
      const { id } = this.#networkId(networkOfInterface(growth.iface), growth.iface);
      this.rows.series.push([series, key, ...liveSeriesCells(section, id, growth)]);
    }
    this.rows.volume.push([++this.#next.volume, series, ...growthCells(growth)]);
  }

  #networkId(network: Network, said: unknown): { id: number; network: Network } {
    const known = this.#networks.get(network.ident);
    if (known) return known;
    const stored = this.#known.get(network.ident);
    const made = { id: stored ?? ++this.#next.network, network };
    this.#networks.set(network.ident, made);
    if (stored === undefined) {
      this.rows.network.push([
        made.id,
        network.ident,
        network.key,
        network.type,
        network.name,
        network.operator,
        network.rat,
        bit(network.roaming),
        bit(network.metered),
        network.vpn ? 1 : 0,
        bit(network.defaultNetwork),
        JSON.stringify(said),
      ]);
    }
    return made;
  }

  /** A text dump is a statement of its own; the binary files of one folder make one together, each a part of it. */
  #snapshotOf(open: OpenSection, dump: number): { snapshot: number; part: string } {
    const binary = open.head.name === 'netstats file';
    const path = `${this.#evidence?.name ?? ''}/${open.head.member ?? ''}`.replace(/\/$/, '');
    // Since Android 13 a phone may have two such folders that overlap: the new one is a statement of its own.
    const folder = /(?:^|\/)((?:com\.android\.tethering\/)?[^/]+)\/[^/]*$/.exec(path)?.[1] ?? '';
    const key = binary ? `files:${folder}` : `section:${open.id}${dump > 0 ? `:${dump}` : ''}`;
    let snapshot = this.#snapshots.get(key);
    if (snapshot === undefined) {
      snapshot = ++this.#next.snapshot;
      this.#snapshots.set(key, snapshot);
      this.rows.snapshot.push([snapshot, key]);
    }
    return { snapshot, part: binary ? partOf(open.head.fileName) : '' };
  }

  #series(open: OpenSection, record: SeriesRecord): void {
    const { id: network, network: facts } = this.#networkId(networkOf(record.identities), record.identities);
    const { snapshot, part } = this.#snapshotOf(open, record.dump ?? 0);
    const id = ++this.#next.series;
    const reason = notCounted(record, facts);
    open.series[record.series] = { id, counted: reason === null ? 1 : 0, bucketUs: record.bucketUs };
    this.rows.series.push([
      id,
      [record.recorder, network, record.uid, record.set, record.tag, record.bucketUs].join('|'),
      open.id,
      snapshot,
      part,
      record.recorder,
      record.history,
      network,
      record.uid,
      userOf(record.uid),
      record.set,
      foregroundOf(record),
      record.tag,
      record.bucketUs,
      reason,
    ]);
  }

  #bucket(open: OpenSection, record: BucketRecord, at: Place): void {
    const series = open.series[record.series];
    if (!series) return;
    this.rows.volume.push([
      ++this.#next.volume,
      series.id,
      record.startUs,
      record.startUs + series.bucketUs,
      record.sentBytes,
      record.receivedBytes,
      record.sentPackets,
      record.receivedPackets,
      series.counted,
      at.line,
      at.offset,
      null,
    ]);
  }

  #package(open: OpenSection, record: PackageRecord, at: Place): void {
    this.rows.package_said.push([
      ++this.#next.package_said,
      open.id,
      at.line,
      record.name,
      record.user,
      record.appId,
      record.label,
      record.version,
      record.path,
      record.installer,
      bit(record.system),
      bit(record.installed),
      bit(record.enabled),
      record.firstInstall,
      record.lastUpdate,
      record.sharedUser,
      record.permissions.length > 0 ? JSON.stringify(record.permissions) : null,
    ]);
  }
}
