import { DAY, MINUTE } from '../../../../shared/base/time.ts';
import { type AppBucket, onlySenders } from '../../normalise/only-sender.ts';
import type { WriteCase } from '../../ports/case-handle.ts';
import type { CaptureClock } from './capture-clock.ts';
import type { CaptureFacts } from './capture-facts.ts';
import { UNCOMPARED_US } from './owners.ts';

/** Bytes of a moment may stand in the bucket beside: the phone counts at least every half hour. */
const POLL_US = 30 * MINUTE;

const OF_APP =
  'At that time, half an hour before and after included, the phone’s own history counts bytes of this app over this network alone.';
const OF_PHONE =
  'At that time, half an hour before and after included, the phone’s own history counts bytes over this network alone, of whatever app. Whose the flow is, nothing tells.';

interface Bucket extends AppBucket {
  readonly network: number;
}

interface Stretch {
  readonly fromUs: number;
  readonly toUs: number;
  readonly network: number;
}

/** Stretches of the phone's clock in which only one network carried bytes, whatever lies within the room on either side counted too. */
export function oneNetwork(buckets: readonly Bucket[], room: number): Stretch[] {
  const wide = buckets.map(({ fromUs, toUs, network, sent, received }) => ({
    fromUs: fromUs - room,
    toUs: toUs + room,
    uid: network,
    sent,
    received,
  }));
  return onlySenders(wide).map(({ fromUs, toUs, uid }) => ({ fromUs, toUs, network: uid }));
}

/**
 * Gives the flows of a capture the network over which the phone's history counts bytes at their time, where it is one alone: of the app
 * whose flow it is, or, where that is not known and the address is the phone's own, of the whole phone. Where there are several networks,
 * or no history, a flow gets none.
 */
export async function networksByHistory(
  write: WriteCase,
  capture: CaptureFacts,
  clock: CaptureClock,
  ownAddresses: ReadonlySet<string>,
): Promise<void> {
  const own = ownAddresses.size > 0 ? [...ownAddresses] : capture.oneLocal === null ? [] : [capture.oneLocal];
  const offset = clock.offsetUs ?? 0;
  const room = POLL_US + (clock.errorUs ?? UNCOMPARED_US);
  const buckets = await write.all<Bucket>(
    `SELECT v.from_us fromUs, v.to_us toUs, s.uid, s.network, total(v.sent) sent, total(v.received) received
     FROM volume v CROSS JOIN series s ON s.id = v.series
     WHERE v.from_us >= ? AND v.from_us < ? AND v.to_us > ? AND v.counted = 1 AND s.recorder = 'uid'
       AND coalesce(v.sent, 0) + coalesce(v.received, 0) > 0
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    [capture.fromUs + offset - 2 * DAY, capture.toUs + offset + DAY, capture.fromUs + offset - DAY],
  );
  if (buckets.length === 0) return;
  const next = `coalesce((SELECT max(id) FROM flow_network), 0) + row_number() OVER (ORDER BY c.id)`;
  const within = `c.source = 'capture' AND c.section = ? AND c.from_us >= ? AND c.to_us <= ?`;
  const ends = ({ fromUs, toUs }: Stretch) => [capture.id, fromUs - offset, toUs - offset];
  const touches = ({ fromUs, toUs }: Stretch) => toUs >= capture.fromUs + offset && fromUs <= capture.toUs + offset;
  for (const [uid, ofApp] of Map.groupBy(buckets, (one) => one.uid)) {
    // What was moved to a common counter has no app.
    if (uid < 0) continue;
    for (const stretch of oneNetwork(ofApp, room).filter(touches)) {
      const said = [stretch.network, 'one network of the app', 'medium', OF_APP];
      await write.run(
        `INSERT INTO flow_network SELECT ${next}, c.id, ?, ?, ?, ? FROM contact c WHERE c.uid = ? AND ${within}`,
        [...said, uid, ...ends(stretch)],
      );
      // Whose it is stands beside the flow, by a correlation of its own: the weaker of the two is what is left.
      await write.run(
        `INSERT INTO flow_network SELECT ${next}, c.id, ?, ?, min(iif(f.confidence = 'low', 'low', 'medium')), ?
         FROM flow_app f CROSS JOIN contact c ON c.id = f.contact WHERE f.uid = ? AND c.uid IS NULL AND ${within}
           AND (SELECT count(DISTINCT uid) FROM flow_app WHERE contact = c.id) = 1 GROUP BY c.id`,
        [stretch.network, 'one network of the app', OF_APP, uid, ...ends(stretch)],
      );
    }
  }
  for (const stretch of oneNetwork(buckets, room).filter(touches)) {
    await write.run(
      `INSERT INTO flow_network SELECT ${next}, c.id, ?, ?, ?, ? FROM contact c
       WHERE c.uid IS NULL AND ${within} AND c.local_ip IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM flow_app WHERE contact = c.id)`,
      [stretch.network, 'one network of the phone', 'low', OF_PHONE, ...ends(stretch), JSON.stringify(own)],
    );
  }
}
