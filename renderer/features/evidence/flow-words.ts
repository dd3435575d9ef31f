import type { EventView, FlowView } from '../../../shared/types/event.ts';

const withPort = (ip: string, port: number | null) =>
  `${ip.includes(':') ? `[${ip}]` : ip}${port === null ? '' : `:${port}`}`;

/** Protocol and both ends of a flow on one line, the phone's end first; null where its own end is not known. */
export function fiveTuple({ local }: Pick<FlowView, 'local'>, { remote }: Pick<EventView, 'remote'>): string | null {
  if (local === null || remote === null) return null;
  return `${remote.protocol ?? ''} ${local} ${withPort(remote.ip, remote.port)}`.trim();
}
