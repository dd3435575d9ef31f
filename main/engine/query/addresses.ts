import type { AddressView, PlaceSaid } from '../../../shared/types/destination.ts';
import type { ReadCase } from '../ports/case-handle.ts';

interface AddressRow {
  readonly id: number;
  readonly ip: string;
  readonly scope: AddressView['scope'];
  readonly country: string | null;
  readonly region: string | null;
  readonly place_source: number | null;
  readonly place_kind: string | null;
  readonly confidence: 'high' | 'medium' | 'low' | null;
  readonly disputed: number;
  readonly asn: number | null;
  readonly network_name: string | null;
  readonly network_source: number | null;
  readonly organisation: string | null;
  readonly organisation_name: string | null;
  readonly state: string | null;
  readonly said: string;
}

/** One answer as `said` holds it. */
type Said = readonly [
  source: number,
  kind: PlaceSaid['kind'] | 'network',
  country: string | null,
  region: string | null,
  asn: number | null,
  name: string | null,
];

const order: readonly PlaceSaid['kind'][] = ['cloud region', 'host name', 'location', 'registration'];

/** What databases say of addresses, each answer apart; in the order of `ips`. An address that the case does not know is left out. */
export async function addressList(read: ReadCase, ips: readonly string[]): Promise<AddressView[]> {
  const rows = await read.all<AddressRow>('SELECT * FROM address WHERE ip IN (SELECT value FROM json_each(?))', [
    JSON.stringify(ips),
  ]);
  const sources = new Map(
    (await read.all<{ id: number; title: string; date: string }>('SELECT id, title, date FROM source')).map((one) => [
      one.id,
      one,
    ]),
  );
  const named = (id: number | null) => {
    const source = id === null ? undefined : sources.get(id);
    return { source: source?.title ?? '', date: source?.date ?? '' };
  };
  const byIp = new Map(rows.map((row) => [row.ip, row]));
  return ips.flatMap((ip): AddressView[] => {
    const row = byIp.get(ip);
    if (!row) return [];
    const own = (JSON.parse(row.said) as Said[]).flatMap(([source, kind, country, region]) =>
      kind === 'network' || country === null
        ? []
        : [{ source, kind, country, region, shown: source === row.place_source && kind === row.place_kind }],
    );
    own.sort((a, b) => Number(b.shown) - Number(a.shown) || order.indexOf(a.kind) - order.indexOf(b.kind));
    return [
      {
        ip,
        scope: row.scope,
        place:
          row.country === null
            ? null
            : {
                country: row.country,
                region: row.region,
                ...named(row.place_source),
                disputed: row.disputed === 1,
                confidence: row.confidence ?? 'low',
              },
        said: own.map(({ source, kind, country, region }) => ({ kind, country, region, ...named(source) })),
        network: row.asn === null ? null : { asn: row.asn, name: row.network_name ?? '', ...named(row.network_source) },
        organisation:
          row.organisation === null
            ? null
            : { id: row.organisation, name: row.organisation_name ?? row.organisation, group: null, state: row.state },
      },
    ];
  });
}
