import { isoOf, MINUTE, SECOND } from '../../../shared/base/time.ts';
import type { Correlated, EventView, LabelView } from '../../../shared/types/event.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import type { Dictionary } from './dictionary.ts';

/** Columns beside those of a contact (alias c): what others say of it, as lists of JSON. */
export const joinColumns = `(SELECT json_group_array(json_object('uid', uid, 'how', how, 'confidence', confidence, 'why', why) ORDER BY id)
    FROM flow_app WHERE contact = c.id) owners,
  (SELECT json_group_array(json_object('host', host, 'how', how, 'confidence', confidence, 'why', why) ORDER BY id)
    FROM contact_name WHERE contact = c.id) names,
  (SELECT json_group_array(json_object('network', network, 'how', how, 'confidence', confidence, 'why', why) ORDER BY id)
    FROM flow_network WHERE contact = c.id) networks`;

/** The uid of a contact (alias c): its own, else the one that the phone's own account gives it with some confidence. */
export const ownerUid = `coalesce(c.uid, (SELECT f.uid FROM flow_app f WHERE f.contact = c.id AND f.confidence <> 'low' ORDER BY f.id LIMIT 1))`;

type Owner = Omit<Correlated['apps'][number], 'app'>;
type Network = Omit<NonNullable<Correlated['networks']>[number], 'name' | 'type'> & { readonly network: number };

/** What others say of a contact; undefined where nobody says anything. */
export function correlated(
  { owners, names, networks }: { readonly owners: string; readonly names: string; readonly networks: string },
  dictionary: Dictionary,
): Correlated | undefined {
  if (owners === '[]' && names === '[]' && networks === '[]') return undefined;
  return {
    apps: (JSON.parse(owners) as Owner[]).map((one) => ({ ...one, app: dictionary.apps.get(one.uid)?.name ?? null })),
    hosts: JSON.parse(names) as Correlated['hosts'],
    ...(networks !== '[]' && {
      networks: (JSON.parse(networks) as Network[]).flatMap(({ network, ...rest }) => {
        const known = dictionary.networks.get(network);
        return known ? [{ type: known.type, name: known.name, ...rest }] : [];
      }),
    }),
  };
}

/** The same as labels of the event. */
export function correlatedLabels(event: EventView): LabelView[] {
  const { apps = [], hosts = [], networks = [] } = event.correlated ?? {};
  const rest = (one: { how: string; confidence: LabelView['confidence']; why: string }) => ({
    source: `correlation: ${one.how}`,
    date: event.from.slice(0, 10),
    confidence: one.confidence,
    why: one.why,
  });
  return [
    ...apps.map((one) => ({ kind: 'app', value: one.app ?? `uid ${one.uid}`, ...rest(one) })),
    ...hosts.map((one) => ({ kind: 'host', value: one.host, ...rest(one) })),
    ...networks.map((one) => ({
      kind: 'network',
      value: one.name === null ? one.type : `${one.type} ${one.name}`,
      ...rest(one),
    })),
  ];
}

interface CaptureRow {
  readonly from_us: number;
  readonly to_us: number;
  readonly made: string;
  readonly offset_us: number | null;
  readonly error_us: number | null;
  readonly clock: string | null;
  readonly compared: number;
  readonly agreeing: number;
  readonly apps_same: number;
  readonly apps_other: number;
}

/** `0.25 s`, `46.80 s`, `12 min 5 s`. */
function spanText(us: number): string {
  const seconds = Math.abs(us) / SECOND;
  if (seconds < 120) return `${seconds.toFixed(2)} s`;
  const rest = Math.round(seconds % 60);
  return `${Math.floor(seconds / 60)} min${rest > 0 ? ` ${rest} s` : ''}`;
}

const bases: Readonly<Record<string, string>> = {
  sockets: 'connections that were seen live and captured',
  ntp: 'questions of the phone for the time, which carry its clock',
  'sockets and ntp': 'connections that were seen live and captured, and questions of the phone for the time',
};

function clockWords({ made, offset_us: offset, error_us: error, clock, compared, agreeing }: CaptureRow): string {
  const fit = compared > 0 ? ` ${agreeing} of ${compared} flows that could tell fit that.` : '';
  if (clock === 'same clock') {
    const by = made === 'phone' ? 'It was streamed from the phone' : 'PCAPdroid made it on a phone';
    return `${by}, so its times are taken as the phone’s clock.${fit}`;
  }
  if (offset === null || error === null)
    return 'Nothing tells how the capture’s clock stood against the phone’s; its times are its own.';
  const way = offset < 0 ? 'ahead of' : 'behind';
  return `The capture’s clock stood ${spanText(offset)} ${way} the phone’s, ± ${spanText(error)}, by ${bases[clock ?? ''] ?? 'what both saw'}.${fit} The times shown are the capture’s.`;
}

/** What stands with every flow and look-up of a capture: its clock, how it was made, and whose uids it names. Empty for all else. */
export async function captureWords(read: ReadCase, section: number, uid: number | null): Promise<string[]> {
  const row = await read.get<CaptureRow>(`SELECT * FROM capture WHERE id = ?`, [section]);
  if (!row) return [];
  const words = [clockWords(row)];
  if (row.made === 'pcapdroid vpn')
    words.push('The capture was made through a VPN on the phone: its own address here is that of the VPN.');
  if (uid !== null) {
    const { apps_same: same, apps_other: other } = row;
    const known =
      same + other === 0
        ? 'nothing of it could be checked'
        : `of the apps that it names, ${same} have that name and uid on this phone, and ${other} have not`;
    words.push(`The uid is the capture’s own word; that it is of this phone is assumed: ${known}.`);
  }
  return words;
}

/** What a capture through a VPN means for an interval of the phone's own account, or nothing. Microseconds. */
export async function throughVpnWords(read: ReadCase, fromUs: number, toUs: number): Promise<string[]> {
  const rows = await read.all<CaptureRow>(`SELECT * FROM capture WHERE made = 'pcapdroid vpn' ORDER BY from_us, id`);
  return rows.flatMap((row) => {
    const offset = row.offset_us ?? 0;
    const slack = (row.error_us ?? MINUTE) + MINUTE / 2;
    const [from, to] = [row.from_us + offset, row.to_us + offset];
    if (from - slack >= toUs || to + slack <= fromUs) return [];
    return [
      `A capture was made through a VPN on the phone from ${isoOf(from).slice(0, 19)}Z to ${isoOf(to).slice(0, 19)}Z. For that time the phone may have counted bytes of apps with the VPN’s app, and some twice.`,
    ];
  });
}
