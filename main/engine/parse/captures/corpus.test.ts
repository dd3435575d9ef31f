import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Flow } from './capture-output.ts';
import { CaptureRun } from './capture-run.ts';
import { CaptureBytes } from './read-capture.ts';

const folder = resolve(process.env.PHONEHOME_CORPUS ?? '../shared/corpus', 'pcap/ndpi');
const present = existsSync(folder);
if (!present) console.log(`left out: captures with nDPI's account of them (no ${folder}; set PHONEHOME_CORPUS)`);

interface Told {
  readonly sums: string;
  readonly host: string | null;
  readonly ja4: string | null;
}

/** nDPI's account of a capture: flows by their ends, opener first. */
function told(path: string): Map<string, Told> {
  const flows = new Map<string, Told>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const ends = /^\t\d+\t\S+ \[?([^\]\s]+?)\]?:(\d+) <?-> \[?([^\]\s]+?)\]?:(\d+) /.exec(line);
    const sums = /\[(\d+) pkts\/(\d+) bytes <?-> (\d+) pkts\/(\d+) bytes\]/.exec(line);
    if (!ends || !sums) continue;
    flows.set(ends.slice(1).join(' '), {
      sums: sums.slice(1).join(' '),
      host: /\[Hostname\/SNI: ([^\]]+)\]/.exec(line)?.[1]?.toLowerCase() ?? null,
      ja4: /\[JA4: ([^\]]+)\]/.exec(line)?.[1] ?? null,
    });
  }
  return flows;
}

describe.skipIf(!present)('captures with an account of their flows', () => {
  const names = present ? readdirSync(folder).filter((name) => name.endsWith('.pcap')) : [];
  it.each(names)('%s: every flow’s packets, bytes, host and fingerprint', (name) => {
    const flows: Flow[] = [];
    const run = new CaptureRun({ flow: (flow) => flows.push(flow), lookUp() {}, note() {}, warn() {} });
    const capture = new CaptureBytes(run);
    capture.take(readFileSync(resolve(folder, name)));
    capture.end();
    const wanted = told(resolve(folder, `${name}.out`));
    expect(wanted.size).toBeGreaterThan(0);
    expect(flows).toHaveLength(wanted.size);
    for (const flow of flows) {
      const ends = [flow.openerIp, flow.openerPort, flow.otherIp, flow.otherPort].join(' ');
      const opposite = [flow.otherIp, flow.otherPort, flow.openerIp, flow.openerPort].join(' ');
      const own = [flow.openerPackets, flow.openerBytes, flow.otherPackets, flow.otherBytes];
      // nDPI takes who was seen first for the opener, also where that one answers with SYN and ACK.
      const one = wanted.get(ends);
      const want = one ?? wanted.get(opposite);
      expect(one ? own.join(' ') : [...own.slice(2), ...own.slice(0, 2)].join(' '), ends).toBe(want?.sums);
      if (want?.host) expect(flow.host, ends).toBe(want.host);
      // Of the first part nDPI of that time wrote two letters otherwise: the name that is there or not, the protocol offered.
      if (want?.ja4) expect(flow.facts?.ja4?.slice(11), ends).toBe(want.ja4.slice(11));
    }
  });
});
