import type { FlowRecord, LookUpRecord } from '../model/record.ts';
import type { Cell } from './columns.ts';

const protocols: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6', 132: 'sctp' };

/**
 * Addresses that belong to no place on the internet: private networks (RFC 1918, 4193), those behind an operator's own
 * translation (RFC 6598), of the link itself.
 */
export function isInner(ip: string): boolean {
  const four = ip.startsWith('::ffff:') ? ip.slice(7) : ip;
  const dot = four.indexOf('.');
  if (dot < 0) return /^(?:fe[89ab]|f[cd])/i.test(ip) || ip === '::1' || ip === '::';
  const a = Number(four.slice(0, dot));
  if (a === 10 || a === 127 || a === 0) return true;
  const b = Number(four.slice(dot + 1, four.indexOf('.', dot + 1)));
  return (
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 100 && b >= 64 && b < 128)
  );
}

/** Where Linux and those that follow it take the ports of callers from (ip_local_port_range): 32768. */
const FIRST_CALLING_PORT = 32_768;

/**
 * Whether the opener is the phone's side: the inner end where one of the two is, else who opened. With IPv6 neither is inner: where a capture begins in
 * the middle and the server is heard first, the ports tell who called.
 */
export function openerIsPhone(flow: Pick<FlowRecord, 'openerIp' | 'openerPort' | 'otherIp' | 'otherPort'>): boolean {
  if (isInner(flow.openerIp)) return true;
  if (isInner(flow.otherIp)) return false;
  return flow.openerPort >= FIRST_CALLING_PORT || flow.otherPort < FIRST_CALLING_PORT;
}

/**
 * The columns of `contact`; `byPhone`: the opener is the phone's side. Bytes are those of the frames on the link, sent as seen from
 * the phone. One list for each flow and nothing beside it: captures hold millions.
 */
export function flowContactCells(
  id: number,
  flow: FlowRecord,
  byPhone: boolean,
  section: number,
  offset: number | null,
): Cell[] {
  const ports = flow.protocol === 6 || flow.protocol === 17 || flow.protocol === 132;
  return [
    id,
    section,
    'capture',
    flow.uid,
    flow.firstUs,
    flow.lastUs,
    null,
    0,
    0,
    protocols[flow.protocol] ?? `ip ${flow.protocol}`,
    byPhone ? flow.openerIp : flow.otherIp,
    ports ? (byPhone ? flow.openerPort : flow.otherPort) : null,
    byPhone ? flow.otherIp : flow.openerIp,
    ports ? (byPhone ? flow.otherPort : flow.openerPort) : null,
    null,
    flow.host,
    flow.hostFrom,
    null,
    byPhone ? flow.openerBytes : flow.otherBytes,
    byPhone ? flow.otherBytes : flow.openerBytes,
    byPhone ? flow.openerPackets : flow.otherPackets,
    byPhone ? flow.otherPackets : flow.openerPackets,
    null,
    offset,
  ];
}

const list = (values: readonly unknown[]): Cell => (values.length === 0 ? null : JSON.stringify(values));

/** The columns of `flow`, or null where nothing was read in its packets. `id`: that of its contact; `byPhone` as for that. */
export function flowCells(id: number, flow: FlowRecord, byPhone: boolean): Cell[] | null {
  if (flow.service === null && flow.app === null) return null;
  return [
    id,
    byPhone ? 1 : 0,
    flow.service,
    list(flow.alpn),
    flow.ja4,
    flow.encryptedHello ? 1 : 0,
    list(flow.requests),
    flow.userAgent,
    list(flow.said),
    list(flow.personal),
    flow.app,
  ];
}

/** The columns of `lookup`. */
export function lookUpCells(id: number, one: LookUpRecord, section: number, offset: number | null): Cell[] {
  const answers = list(one.answers);
  const asked = one.isResponse ? 1 : 0;
  return [
    id,
    section,
    one.atUs,
    one.uid,
    one.clientIp,
    one.serverIp,
    one.name,
    one.type,
    asked,
    one.code,
    answers,
    offset,
  ];
}
