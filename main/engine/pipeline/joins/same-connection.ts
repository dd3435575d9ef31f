import type { WriteCase } from '../../ports/case-handle.ts';

/** A captured flow and a socket that was seen live, with the same protocol, addresses and ports. Each on its own clock. */
export interface Pair {
  readonly flow: number;
  readonly section: number;
  readonly flowUid: number | null;
  readonly firstUs: number;
  readonly lastUs: number;
  readonly host: string | null;
  readonly host_from: string | null;
  readonly socket: number;
  readonly uid: number;
  readonly from_us: number;
  readonly to_us: number;
  readonly error_us: number | null;
  readonly open_start: number;
  readonly open_end: number;
}

/** So many at most: a port that is used again and again gives more pairs than flows. */
const MOST = 500_000;

/**
 * Lays the sockets that were seen live into `temp.seen_socket`, either way round, since which end of a flow is the phone's is a matter
 * of judgement where both are public. Answers the addresses that the phone had. The table stays until `dropSockets`.
 */
export async function laySockets(write: WriteCase): Promise<ReadonlySet<string>> {
  await write.run(`DROP TABLE IF EXISTS temp.seen_socket`);
  await write.run(
    `CREATE TEMP TABLE seen_socket AS
     SELECT id socket, uid, from_us, to_us, error_us, open_start, open_end, protocol,
       local_ip, local_port, remote_ip, remote_port, 0 turned FROM contact WHERE source = 'sockets' AND local_port IS NOT NULL`,
  );
  const own = await write.all<{ ip: string }>(`SELECT DISTINCT local_ip ip FROM temp.seen_socket`);
  await write.run(
    `INSERT INTO temp.seen_socket
     SELECT socket, uid, from_us, to_us, error_us, open_start, open_end, protocol, remote_ip, remote_port, local_ip, local_port, 1
     FROM temp.seen_socket`,
  );
  await write.run(`CREATE INDEX temp.seen_ends ON seen_socket (local_port, remote_port, remote_ip)`);
  return new Set(own.map(({ ip }) => ip));
}

/** Takes the table away. */
export async function dropSockets(write: WriteCase): Promise<void> {
  await write.run(`DROP TABLE IF EXISTS temp.seen_socket`);
}

/** Every captured flow with every socket of the same five ends whose owner is known, whenever it was. */
export function pairsOf(write: WriteCase): Promise<Pair[]> {
  return write.all<Pair>(
    `SELECT c.id flow, c.section, c.uid flowUid, c.from_us firstUs, c.to_us lastUs, c.host, c.host_from,
       s.socket, s.uid, s.from_us, s.to_us, s.error_us, s.open_start, s.open_end
     FROM contact c CROSS JOIN temp.seen_socket s ON s.local_port = c.local_port AND s.remote_port = c.remote_port
       AND s.remote_ip = c.remote_ip AND s.local_ip = c.local_ip AND s.protocol = c.protocol
     WHERE c.source = 'capture' AND s.uid IS NOT NULL ORDER BY c.id, s.socket LIMIT ${MOST}`,
  );
}
