import type { ReadCase } from '../../ports/case-handle.ts';
import { Numbered } from './contact-series.ts';
import { type EventChunk, emptyChunk } from './event-chunk.ts';
import { PAGE, pagesOf } from './event-pages.ts';
import { TupleIndex } from './tuple-index.ts';

/** Up to so many look-ups are held in memory, some 60 bytes each; of more the rows are asked. */
const MOST_LOOK_UPS = 500_000;

const READ = `SELECT json_array(json_group_array(id), json_group_array(from_us), json_group_array(uid), json_group_array(name)) page
  FROM lookup WHERE id > ?1 AND id <= ?1 + ${PAGE}`;
type Page = [number[], number[], (number | null)[], string[]];

/** All look-ups of a case as moments. What has app and name in common is a series. */
export interface HeldLookUps {
  readonly moments: EventChunk;
  /** By series: the numbers of the app and of the name, and of the name as lanes spell it. */
  readonly appOf: Float64Array;
  readonly nameOf: Float64Array;
  readonly hostOf: Float64Array;
  readonly apps: readonly (number | null)[];
  readonly names: readonly string[];
  readonly hosts: readonly (string | null)[];
}

/** Letters of ASCII, as SQLite's `lower` has it. */
const lower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Null where there are too many, or one of a time before 1970. */
export async function holdLookUps(read: ReadCase, most = MOST_LOOK_UPS): Promise<HeldLookUps | null> {
  if (await read.get('SELECT 1 FROM lookup LIMIT 1 OFFSET ?', [most])) return null;
  const { n } = (await read.get<{ n: number }>('SELECT count(*) n FROM lookup'))!;
  const moments = emptyChunk(n);
  const [apps, names, hosts] = [new Numbered<number | null>(), new Numbered<string>(), new Numbered<string | null>()];
  const index = new TupleIndex();
  const of: [app: number, name: number][] = [];
  for await (const [id, from, uid, name] of pagesOf<Page>(read, 'lookup', READ)) {
    for (let i = 0; i < id.length; i += 1) {
      if (from[i]! < 0) return null;
      const [app, text] = [apps.of(uid[i]!), names.of(name[i]!)];
      const series = index.of(app, text, 0, 0, 0, 0, 0);
      if (series === of.length) of.push([app, text]);
      const at = moments.count;
      moments.id[at] = id[i]!;
      moments.from[at] = from[i]!;
      moments.series[at] = series;
      moments.count = at + 1;
    }
  }
  const told = names.values;
  const hostOfName = told.map((name) => hosts.of(name === '' ? null : lower(name)));
  return {
    moments,
    appOf: Float64Array.from(of, ([app]) => app),
    nameOf: Float64Array.from(of, ([, name]) => name),
    hostOf: Float64Array.from(of, ([, name]) => hostOfName[name]!),
    apps: apps.values,
    names: told,
    hosts: hosts.values,
  };
}
