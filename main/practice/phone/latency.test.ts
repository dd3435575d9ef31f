import { describe, expect, it, vi } from 'vitest';
import { scriptedPhone } from '../../../test/support/scripted-phone.ts';
import { needsOf, slowPhone, usualLatency } from './latency.ts';

describe('the durations of a real phone', () => {
  it('follow from the programs of a line', () => {
    const of = (line: string, sdk = 34) => needsOf(line, sdk).map(({ ms, service }) => [ms, service]);
    expect(of('dumpsys -t 120 netstats --full --uid --tag')).toEqual([[900, 'netstats']]);
    expect(of('dumpsys -t 15 netstats')).toEqual([[450, 'netstats']]);
    expect(of('date +%s.%N; cat /proc/uptime')).toEqual([
      [6, null],
      [6, null],
    ]);
    expect(of('pm list packages -f')).toEqual([[350, 'package']]);
    expect(of('cmd package list packages -f')).toEqual([[350, 'package']]);
    expect(of('pm list packages -f', 22)).toEqual([[950, 'package']]);
    expect(of("su -c 'dumpsys dnsresolver querylog'")).toEqual([
      [40, null],
      [60, 'dnsresolver'],
    ]);
    expect(of("echo 'open")).toEqual([]);
  });

  it('overlap as far as there are cores, and one service answers one after the other', async () => {
    vi.useFakeTimers();
    try {
      const phone = slowPhone(scriptedPhone({ answers: () => ({ stdout: 'x' }) }), { ...usualLatency, cores: 3 });
      const ended: Record<string, number> = {};
      const began = Date.now();
      const ask = (line: string) =>
        phone.run(line).then(() => {
          ended[line] = Date.now() - began;
        });
      const all = [
        'dumpsys package',
        'dumpsys package packages',
        'dumpsys batterystats -c',
        'getprop',
        'dumpsys wifi',
      ].map(ask);
      await vi.runAllTimersAsync();
      await Promise.all(all);
      expect(ended['dumpsys package']).toBe(25 + 1800);
      expect(ended['dumpsys package packages']).toBeGreaterThanOrEqual(25 + 3600);
      expect(ended['dumpsys batterystats -c']).toBeLessThan(2100);
      // Two of the three cores are taken; the third serves the small ones in turn.
      expect(ended.getprop).toBeLessThan(200);
      expect(ended['dumpsys wifi']).toBeLessThan(700);
    } finally {
      vi.useRealTimers();
    }
  });
});
