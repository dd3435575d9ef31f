import { describe, expect, it } from 'vitest';
import { MemoryKeeper } from '../../../../../test/support/memory-keeper.ts';
import { ScriptedBridge, type ScriptedResult } from '../../../../../test/support/scripted-bridge.ts';
import { packetStream } from './packet-stream.ts';

async function streamed(
  answer: ScriptedResult,
  how: { readonly serial?: string; readonly sdk?: number; readonly ends?: 'over' | 'lost' } = {},
) {
  const bridge = new ScriptedBridge((command) =>
    command === 'getprop service.adb.tls.port' ? { stdout: '37123\n' } : answer,
  );
  const keep = new MemoryKeeper();
  const over = new AbortController();
  const lost = new AbortController();
  if (how.ends === 'over') over.abort();
  if (how.ends === 'lost') lost.abort();
  const notes: string[] = [];
  let bytes = 0;
  const stream = packetStream('su -c');
  await stream.run({
    bridge,
    serial: how.serial ?? 'S1',
    clock: bridge.clock,
    keep,
    offset: null,
    sdk: how.sdk ?? 34,
    // The phone's port is asked for before anything is aborted: only the stream itself ends by it.
    signal: AbortSignal.any([over.signal, lost.signal]),
    over: over.signal,
    words: new Map(),
    received: (more) => {
      bytes += more;
    },
    note: (sentence) => void notes.push(sentence),
  });
  return { bridge, keep, notes, bytes, step: stream.step()!, logged: keep.logged.map(({ action }) => action) };
}

describe('the stream of packets', () => {
  it('ended by the examiner is whole, and says who ended it', async () => {
    const { keep, step, notes, bytes, logged } = await streamed({ stdout: 'packets' }, { ends: 'over' });
    expect([step.state, step.bytes, bytes, notes]).toEqual(['complete', 7, 7, []]);
    expect(keep.kept.map(({ name, state, section }) => [name, state, section])).toEqual([
      ['packets-1.pcap', 'complete', 'packet capture'],
    ]);
    expect(logged).toEqual(['packets.began', 'packets.ended']);
    expect(keep.logged.at(-1)!.details).toMatchObject({
      ended: 'It was ended as the examiner asked; its last packet may be cut.',
    });
  });

  it('cut off by a lost connection is interrupted, whoever noticed it first', async () => {
    const noticed = await streamed({ stdout: 'packets' }, { ends: 'lost' });
    expect(noticed.step.state).toBe('interrupted');
    const itself = await streamed({ stdout: 'packets', ending: 'phone gone' });
    expect([itself.step.state, itself.notes]).toEqual(['interrupted', []]);
  });

  it('says so where the phone has no such program, or does not let it', async () => {
    const none = await streamed({ stderr: '/system/bin/sh: tcpdump: inaccessible or not found\n', exit: 127 });
    expect(none.step.state).toBe('unavailable');
    expect(none.notes).toEqual([
      'No packets could be streamed: This phone cannot say: “/system/bin/sh: tcpdump: inaccessible or not found”.',
    ]);
    const refused = await streamed({ stderr: 'tcpdump: any: Operation not permitted\n', exit: 1 });
    expect(refused.step.state).toBe('refused');
  });

  it('leaves out adb’s own connection, by the port of the phone, and keeps errors out of a stream that is shared', async () => {
    const asked = async (how: Parameters<typeof streamed>[1]) =>
      (await streamed({ stdout: 'x' }, how)).bridge.asked.at(-1);
    expect(await asked({})).toBe("su -c 'tcpdump -i any -n -s 0 -U -w -'");
    expect(await asked({ serial: '192.0.2.7:5555' })).toBe("su -c 'tcpdump -i any -n -s 0 -U -w - not tcp port 5555'");
    expect(await asked({ serial: 'adb-R5CT-x1._adb-tls-connect._tcp' })).toBe(
      "su -c 'tcpdump -i any -n -s 0 -U -w - not tcp port 37123'",
    );
    expect(await asked({ sdk: 23 })).toBe("su -c 'tcpdump -i any -n -s 0 -U -w - 2>/dev/null'");
  });
});
