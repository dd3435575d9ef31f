import { DAY, MINUTE } from '../../../../shared/base/time.ts';
import { type AppBucket, bytesAround, type OnlySender, onlySenders } from '../../normalise/only-sender.ts';
import type { WriteCase } from '../../ports/case-handle.ts';
import type { CaptureClock } from './capture-clock.ts';
import type { CaptureFacts } from './capture-facts.ts';
import { type Owner, UNCOMPARED_US } from './owners.ts';

/** Bytes of a moment may stand in the bucket beside: the phone counts at least every half hour. */
const POLL_US = 30 * MINUTE;
/** What a link may add to a packet before its IP header; the phone counts from there. */
const LINK_BYTES = 20;

interface Flow {
  readonly id: number;
  readonly from_us: number;
  readonly to_us: number;
  readonly sent: number;
  readonly received: number;
  readonly packets: number;
  readonly uid: number | null;
  readonly other: number | null;
}

const WHY =
  'At that time, half an hour before and after included, the phone’s own history knows of bytes of this app alone, and enough of them. ' +
  'A flow that the phone did not count, or that another device sent, is not told apart by that.';

/** More flows than this in one stretch are not gone through for so weak a correlation. */
const MOST = 20_000;

/** Flows of the phone within a stretch that leaves room for the poll on either side, with who owns them already. Null: too many. */
async function flowsWithin(
  write: WriteCase,
  capture: CaptureFacts,
  { fromUs, toUs }: OnlySender,
  offset: number,
  room: number,
  own: readonly string[],
): Promise<Flow[] | null> {
  const flows = await write.all<Flow>(
    `SELECT c.id, c.from_us, c.to_us, c.sent, c.received, c.sent_packets + c.received_packets packets, c.uid,
       (SELECT min(uid) FROM flow_app WHERE contact = c.id) other
     FROM contact c WHERE c.source = 'capture' AND c.section = ? AND c.from_us >= ? AND c.from_us <= ? AND c.to_us <= ?
       AND c.local_ip IN (SELECT value FROM json_each(?)) AND substr(c.protocol, 1, 2) <> 'ip' LIMIT ${MOST + 1}`,
    [capture.id, fromUs + room - offset, toUs - room - offset, toUs - room - offset, JSON.stringify(own)],
  );
  return flows.length > MOST ? null : flows.toSorted((a, b) => a.id - b.id);
}

/** Whether the app's history can hold all of these flows, each in its own time, and none is known to be of another. */
function fits(flows: readonly Flow[], sender: OnlySender, offset: number, room: number): boolean {
  const all = { sent: 0, received: 0 };
  for (const { from_us, to_us, sent, received, packets, uid, other } of flows) {
    if ((uid ?? other ?? sender.uid) !== sender.uid) return false;
    const around = packets * LINK_BYTES;
    const own = bytesAround(sender, from_us + offset - room, to_us + offset + room);
    if (sent - around > own.sent || sent + received - around > own.sent + own.received) return false;
    all.sent += sent - around;
    all.received += received;
  }
  const whole = bytesAround(sender, sender.fromUs, sender.toUs);
  return all.sent <= whole.sent && all.sent + all.received <= whole.sent + whole.received;
}

/**
 * Flows that nobody else explains, given to the one app of which the phone's history knows bytes at that time: a weak correlation. Only
 * flows with the phone's own address are taken, and none of a capture through a VPN, which changes the history.
 */
export async function ownersByHistory(
  write: WriteCase,
  capture: CaptureFacts,
  clock: CaptureClock,
  ownAddresses: ReadonlySet<string>,
): Promise<Owner[]> {
  if (capture.made === 'pcapdroid vpn') return [];
  const own = ownAddresses.size > 0 ? [...ownAddresses] : capture.oneLocal === null ? [] : [capture.oneLocal];
  if (own.length === 0) return [];
  const offset = clock.offsetUs ?? 0;
  const room = POLL_US + (clock.errorUs ?? UNCOMPARED_US);
  const buckets = await write.all<AppBucket>(
    `SELECT v.from_us fromUs, v.to_us toUs, s.uid, total(v.sent) sent, total(v.received) received
     FROM volume v CROSS JOIN series s ON s.id = v.series
     WHERE v.from_us >= ? AND v.from_us < ? AND v.to_us > ? AND v.counted = 1 AND s.recorder = 'uid'
       AND coalesce(v.sent, 0) + coalesce(v.received, 0) > 0
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [capture.fromUs + offset - 2 * DAY, capture.toUs + offset + DAY, capture.fromUs + offset - DAY],
  );
  const owners: Owner[] = [];
  for (const sender of onlySenders(buckets)) {
    // What was moved to a common counter has no app.
    if (sender.uid < 0 || sender.toUs <= capture.fromUs + offset || sender.fromUs >= capture.toUs + offset) continue;
    const flows = await flowsWithin(write, capture, sender, offset, room, own);
    if (!flows || !fits(flows, sender, offset, room)) continue;
    for (const { id, uid, other } of flows) {
      if (uid === null && other === null)
        owners.push({ contact: id, uid: sender.uid, how: 'only sender', confidence: 'low', why: WHY });
    }
  }
  return owners;
}
