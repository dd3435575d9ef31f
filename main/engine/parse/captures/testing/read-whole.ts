import type { Flow, LookUp } from '../capture-output.ts';
import { CaptureRun } from '../capture-run.ts';
import type { CaptureNote } from '../packet-sink.ts';
import { CaptureBytes } from '../read-capture.ts';

export interface WholeCapture {
  readonly flows: Flow[];
  readonly lookUps: LookUp[];
  readonly notes: CaptureNote[];
  readonly warnings: { readonly offset: number; readonly reason: string }[];
  readonly totals: CaptureRun['totals'];
}

/** Reads a capture that is in memory, in pieces of so many bytes. */
export function readWhole(bytes: Uint8Array, piece = Math.max(1, bytes.length)): WholeCapture {
  const flows: Flow[] = [];
  const lookUps: LookUp[] = [];
  const notes: CaptureNote[] = [];
  const warnings: { offset: number; reason: string }[] = [];
  const run = new CaptureRun({
    flow: (flow) => flows.push(flow),
    lookUp: (one) => lookUps.push(one),
    note: (note) => notes.push(note),
    warn: (offset, reason) => warnings.push({ offset, reason }),
  });
  const capture = new CaptureBytes(run);
  for (let at = 0; at < bytes.length; at += piece) capture.take(bytes.subarray(at, at + piece));
  capture.end();
  return { flows, lookUps, notes, warnings, totals: run.totals };
}

/** All names that stand in what was read: of hosts, of requests, of look-ups. */
export function namesIn({ flows, lookUps }: WholeCapture): Set<string> {
  const names = new Set<string>();
  for (const { host, facts } of flows) {
    if (host !== null) names.add(host);
    for (const request of facts?.requests ?? []) {
      const other = / \(host ([^)]+)\)$/.exec(request);
      if (other) names.add(other[1]!);
      const target = request.slice(request.indexOf(' ') + 1).replace(/^[a-z]+:\/\//i, '');
      const slash = target.indexOf('/');
      names.add(slash < 0 ? target : target.slice(0, slash));
    }
  }
  for (const { message } of lookUps) names.add(message.name);
  return names;
}
