import { HOUR } from '../../../../shared/base/time.ts';
import { type LikelyName, namesBefore, type SaidName } from '../../normalise/names-before.ts';
import type { ReadCase } from '../../ports/case-handle.ts';
import type { CaptureClock } from './capture-clock.ts';
import type { CaptureFacts } from './capture-facts.ts';
import { type Confidence, type Met, UNCOMPARED_US } from './owners.ts';

/** A name for a contact that says none. */
export interface ContactName {
  readonly contact: number;
  readonly host: string;
  readonly how: 'same connection' | LikelyName['how'];
  readonly confidence: Confidence;
  readonly why: string;
}

const said: Readonly<Record<string, string>> = {
  tls: 'in the greeting of TLS',
  quic: 'in the greeting of QUIC',
  http: 'in a request in the clear',
  push: 'in the greeting of the push service',
};

/** Names from the packets of the same connection; of several the first that was said. */
export function namesBySocket(met: readonly Met[]): ContactName[] {
  const named = met.filter(({ host, host_from }) => host !== null && host_from !== null && host_from in said);
  return [...Map.groupBy(named, ({ socket }) => socket)].flatMap(([socket, pairs]) =>
    [...Map.groupBy(pairs, ({ host }) => host!)].map(([host, own]): ContactName => {
      const where = said[own[0]!.host_from!];
      const why = `The capture holds packets with the same protocol, addresses and ports at the same time; the name stands ${where}.`;
      return { contact: socket, host, how: 'same connection', confidence: own[0]!.within ? 'high' : 'medium', why };
    }),
  );
}

interface Nameless {
  readonly id: number;
  readonly from_us: number;
  readonly open_start: number;
  readonly ip: string;
}

const MINUTE_US = 60_000_000;

/** All that captures say of the names of these addresses in that time, by address, in time order. All on the phone's clock. */
async function saidNames(
  read: ReadCase,
  { wanted, fromUs, toUs }: { readonly wanted: string; readonly fromUs: number; readonly toUs: number },
  captures: readonly CaptureFacts[],
  clocks: ReadonlyMap<number, CaptureClock>,
  ownAddresses: ReadonlySet<string>,
): Promise<Map<string, SaidName[]>> {
  const own = JSON.stringify([...ownAddresses]);
  const names = new Map<string, SaidName[]>();
  for (const { id } of captures) {
    const clock = clocks.get(id);
    const [offset, errorUs] = [clock?.offsetUs ?? 0, clock?.errorUs ?? UNCOMPARED_US];
    const asked = [id, own, wanted, fromUs - offset, toUs - offset];
    // Answers to the phone itself: those to others in the same network led them, not it.
    const answers = await read.all<{ ip: string; name: string; at: number }>(
      `SELECT j.value ->> 'value' ip, l.name, l.from_us at FROM lookup l CROSS JOIN json_each(l.answers) j
       WHERE l.section = ?1 AND l.from_us BETWEEN ?4 AND ?5 AND l.is_response = 1 AND l.name <> '' AND l.client_ip IN (SELECT value FROM json_each(?2))
         AND j.value ->> 'value' IN (SELECT value FROM json_each(?3)) ORDER BY l.from_us, l.id, j.key`,
      asked,
    );
    // One a minute is enough of a name that is said again and again.
    const flows = await read.all<{ ip: string; name: string; at: number }>(
      `SELECT remote_ip ip, host name, min(from_us) at FROM contact
       WHERE remote_ip IN (SELECT value FROM json_each(?3)) AND source = 'capture' AND section = ?1 AND from_us BETWEEN ?4 AND ?5
         AND host_from IN ('tls', 'quic', 'http') AND local_ip IN (SELECT value FROM json_each(?2))
       GROUP BY remote_ip, host, from_us / ${MINUTE_US} ORDER BY at, remote_ip, host`,
      asked,
    );
    const take = (how: SaidName['how']) => (row: { ip: string; name: string; at: number }) => {
      const list = names.get(row.ip) ?? [];
      list.push({ atUs: row.at + offset, name: row.name, how, errorUs });
      names.set(row.ip, list);
    };
    answers.forEach(take('look-up before'));
    flows.forEach(take('other flow'));
  }
  for (const list of names.values()) list.sort((a, b) => a.atUs - b.atUs);
  return names;
}

function whyOf({ how, beforeUs, others }: LikelyName, openStart: boolean): string {
  const ago =
    beforeUs < 1_000_000
      ? 'within a second'
      : beforeUs < MINUTE_US
        ? 'within a minute'
        : `${Math.ceil(beforeUs / MINUTE_US)} min`;
  const when = `${ago} before this connection was first seen`;
  const words = [
    how === 'look-up before'
      ? `The phone was answered with this address when it asked for the name, ${when}.`
      : `Another captured connection of the phone to this address said the name, ${when}.`,
    'One address may serve many names, and answers are remembered.',
  ];
  if (others > 0)
    words.push(`${others === 1 ? 'Another name' : `${others} other names`} led to the same address in that hour.`);
  if (openStart) words.push('It was open already at the first look, so it may have begun before the name was said.');
  return words.join(' ');
}

/** First entry at or after a time; the list is in time order. */
function from(list: readonly SaidName[], us: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.atUs < us) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Names for connections that were seen live, from what the phone looked up before and what its other connections said. */
export async function namesByLookUp(
  read: ReadCase,
  captures: readonly CaptureFacts[],
  clocks: ReadonlyMap<number, CaptureClock>,
  ownAddresses: ReadonlySet<string>,
  named: ReadonlySet<number>,
): Promise<ContactName[]> {
  const nameless = await read.all<Nameless>(
    `SELECT DISTINCT c.id, c.from_us, c.open_start, c.remote_ip ip
     FROM temp.seen_socket s JOIN contact c ON c.id = s.socket WHERE s.turned = 0 AND c.host IS NULL ORDER BY c.id`,
  );
  if (nameless.length === 0) return [];
  const slack = HOUR + UNCOMPARED_US;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { from_us: us } of nameless) [first, last] = [Math.min(first, us), Math.max(last, us)];
  const wanted = JSON.stringify([...new Set(nameless.map(({ ip }) => ip))]);
  const question = { wanted, fromUs: first - slack, toUs: last + slack };
  const names = await saidNames(read, question, captures, clocks, ownAddresses);
  return nameless.flatMap((contact) => {
    const list = names.get(contact.ip);
    if (!list || named.has(contact.id)) return [];
    const near = list.slice(from(list, contact.from_us - slack), from(list, contact.from_us + slack));
    const openStart = contact.open_start === 1;
    return namesBefore(near, contact.from_us, openStart).map((one): ContactName => {
      const { name, how, confidence } = one;
      return { contact: contact.id, host: name, how, confidence, why: whyOf(one, openStart) };
    });
  });
}
