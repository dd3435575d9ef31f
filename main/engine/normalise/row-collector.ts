import { userOf } from '../../../shared/base/uid.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ParseOutput, SectionTotals } from '../model/parse-output.ts';
import type { Place, SectionHead } from '../model/place.ts';
import type { ArtifactRecord, BucketRecord, PackageRecord, SeriesRecord } from '../model/record.ts';
import type { ParseWarning } from '../model/warning.ts';
import { type Network, networkOf } from './network.ts';
import { foregroundOf, notCounted } from './series.ts';

export type Cell = string | number | null;
export type Rows = Cell[][];

/** Columns of the tables that are filled from records, in the order in which rows carry them. */
export const columns = {
  section: [
    'id',
    'evidence',
    'name',
    'member',
    'first_line',
    'offset',
    'length',
    'artifact',
    'records',
    'warnings',
    'cut',
  ],
  snapshot: ['id', 'key'],
  network: [
    'id',
    'ident',
    'key',
    'type',
    'name',
    'operator',
    'rat',
    'roaming',
    'metered',
    'vpn',
    'default_network',
    'said',
  ],
  series: [
    'id',
    'key',
    'section',
    'snapshot',
    'part',
    'recorder',
    'history',
    'network',
    'uid',
    'user',
    'counter_set',
    'foreground',
    'tag',
    'bucket_us',
    'counted_as',
  ],
  volume: [
    'id',
    'series',
    'from_us',
    'to_us',
    'sent',
    'received',
    'sent_packets',
    'received_packets',
    'counted',
    'line',
    'offset',
  ],
  package_said: [
    'id',
    'section',
    'line',
    'name',
    'user',
    'app_id',
    'label',
    'version',
    'path',
    'installer',
    'system',
    'installed',
    'enabled',
    'first_install',
    'last_update',
    'shared_user',
    'permissions',
  ],
  property: ['id', 'section', 'line', 'key', 'value'],
  warning: ['id', 'evidence', 'section', 'line', 'offset', 'text', 'reason'],
} as const;
export type TableName = keyof typeof columns;

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
  readonly head: SectionHead;
  readonly row: Cell[];
  readonly series: { id: number; counted: 0 | 1; bucketUs: number }[];
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
    package_said: [],
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
  #evidence: Evidence | null = null;

  /** `flush` is asked now and then to take the rows that have gathered. */
  constructor(from: Continuation, flush: ((rows: RowCollector['rows']) => Promise<void> | undefined) | null = null) {
    this.#next = { ...from.highest };
    this.#networks = new Map();
    this.#known = from.networks;
    this.#snapshots = new Map(from.snapshots);
    this.#flush = flush;
  }
  readonly #known: ReadonlyMap<string, number>;

  /** The evidence whose records follow. */
  begin(evidence: Evidence): void {
    this.#evidence = evidence;
    this.#open.clear();
    this.understood = false;
  }

  settle(): Promise<void> | undefined {
    return this.#flush?.(this.rows);
  }

  section(head: SectionHead, artifactId: string | null): number {
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
    this.#open.set(id, { id, head, row, series: [] });
    if (artifactId) this.understood = true;
    return id;
  }

  sectionEnd(section: number, totals: SectionTotals): void {
    const open = this.#open.get(section);
    if (!open) return;
    open.row[6] = totals.length;
    open.row[8] = totals.records;
    open.row[9] = totals.warnings;
    open.row[10] = totals.cut ? 1 : 0;
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

  #networkId(record: SeriesRecord): { id: number; network: Network } {
    const network = networkOf(record.identities);
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
        JSON.stringify(record.identities),
      ]);
    }
    return made;
  }

  /** A text dump is a statement of its own; the binary files of one folder make one together, each a part of it. */
  #snapshotOf(open: OpenSection, dump: number): { snapshot: number; part: string } {
    const binary = open.head.name === 'netstats file';
    const path = `${this.#evidence?.name ?? ''}/${open.head.member ?? ''}`.replace(/\/$/, '');
    const folder = path.split('/').slice(0, -1).at(-1) ?? '';
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
    const { id: network, network: facts } = this.#networkId(record);
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
