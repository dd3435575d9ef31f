import type { ReadCase } from '../../ports/case-handle.ts';
import { type GatheredSeries, Unfit } from './contact-series.ts';
import { type EventPage, PAGE, pagesOf } from './event-pages.ts';

/** Bytes with one more: none told is null, and becomes 0. Where a contact tells no error its section stands instead, below 0. */
const columns = [
  'c.id',
  'c.from_us',
  'c.to_us - c.from_us',
  'c.sent + 1',
  'c.received + 1',
  'CASE WHEN c.error_us >= 0 THEN c.error_us WHEN c.error_us IS NULL THEN -1 - c.section END',
  '4 * coalesce(c.network, -1) + c.open_start + 2 * c.open_end',
  'c.uid',
  'c.remote_ip',
  'c.remote_port',
  'c.host',
  'c.host_from',
];
const READ = `SELECT json_array(${columns.map((name) => `json_group_array(${name})`).join(', ')}) page
  FROM contact c WHERE c.id > ?1 AND c.id <= ?1 + ${PAGE}`;
type Page = [
  number[],
  number[],
  number[],
  (number | null)[],
  (number | null)[],
  (number | null)[],
  number[],
  (number | null)[],
  string[],
  (number | null)[],
  (string | null)[],
  (string | null)[],
];

/** The names that others give to contacts which say none, as `peerName` has it: of each the first. */
async function givenNames(read: ReadCase, after: number): Promise<ReadonlyMap<number, string>> {
  const rows = await read.all<{ contact: number; host: string }>(
    `SELECT contact, lower(host) host FROM contact_name
     WHERE confidence <> 'low' AND contact > ?1 AND contact <= ?1 + ${PAGE} ORDER BY id DESC`,
    [after],
  );
  return new Map(rows.map(({ contact, host }) => [contact, host]));
}

/** Stands for what no column can hold. */
const UNTOLD = -1;

/** How far the times of captured flows may be from the phone's clock, with one more, by section; 0 where nothing compared the two. */
async function errorsOfSections(read: ReadCase): Promise<ReadonlyMap<number, number>> {
  const rows = await read.all<{ id: number; error: number | null }>(
    'SELECT id, abs(offset_us) + error_us error FROM capture',
  );
  return new Map(rows.map(({ id, error }) => [id, error === null ? 0 : error < 0 ? UNTOLD : error + 1]));
}

/**
 * All contacts in the order of their ids, each with the number of its series. Bytes and errors are told with one more, 0: not told. Rejects
 * with `Unfit` where contacts cannot be packed.
 */
export async function* contactPages(read: ReadCase, gathered: GatheredSeries): AsyncGenerator<EventPage> {
  const named = await read.get('SELECT 1 FROM contact_name LIMIT 1');
  const errors = await errorsOfSections(read);
  let after = 0;
  for await (const page of pagesOf<Page>(read, 'contact', READ)) {
    const [id, from, length, sent, received, told, networkOpen, uid, ip, port, host, way] = page;
    const given = named ? await givenNames(read, after) : null;
    after += PAGE;
    const count = id.length;
    const error = new Float64Array(count);
    const series = new Int32Array(count);
    for (let n = 0; n < count; n += 1) {
      const one = told[n]!;
      error[n] = one === null ? UNTOLD : one >= 0 ? one + 1 : (errors.get(-1 - one) ?? 0);
      const [s, r] = [sent[n] ?? 1, received[n] ?? 1];
      if (from[n]! < 0 || length[n]! < 0 || s < 1 || r < 1 || error[n]! < 0) throw new Unfit('numbers below 0');
      series[n] = gathered.of(id[n]!, ip[n]!, {
        networkOpen: networkOpen[n]!,
        uid: uid[n]!,
        port: port[n]!,
        host: host[n]!,
        way: way[n]!,
        name: given?.get(id[n]!) ?? null,
      });
    }
    yield { id, series, from, length, sent, received, error };
  }
}
