import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isoOf } from '../../../shared/base/time.ts';
import { type MemoryCase, memoryCase } from '../../../test/support/memory-case.ts';
import { clockMarks } from './clock-marks.ts';

const second = 1_000_000;
const day = 86_400 * second;
const start = Date.UTC(2026, 2, 2, 5, 30) * 1000;

let file: MemoryCase;
let count: number;
beforeEach(async () => {
  file = await memoryCase();
  count = 0;
});
afterEach(() => file.close());

/** A comparison of the clocks as the parse room and the custody log leave it: nine readings, the later the nearer. */
async function compared(batch: number, hostUs: number, offsetMs: number | null, uptimeUs: number | null) {
  count += 1;
  const id = `E${count}`;
  const sent = { host_before: isoOf(hostUs - 5000), host_after: isoOf(hostUs + 5000) };
  await file.insert('evidence', [
    {
      id,
      ordinal: count,
      batch,
      sha256: 'x',
      bytes: 1,
      name: 'Clock',
      origin: '{}',
      state: 'complete',
      ...sent,
      offset_ms: offsetMs,
      offset_error_ms: offsetMs === null ? null : 3,
    },
  ]);
  await file.insert('section', [
    { id: count, evidence: id, name: 'clock', offset: 0, length: 1, records: 9, warnings: 0, cut: 0 },
  ]);
  const phoneUs = hostUs + (offsetMs ?? 0) * 1000;
  for (let n = 0; n < 9; n += 1) {
    const late = n === 8 ? 0 : 9000;
    const uptime = uptimeUs === null ? '' : uptimeUs + late;
    await file.run(`INSERT INTO property (section, line, key, value) VALUES (?, ?, 'clock reading', ?)`, [
      count,
      1 + 2 * n,
      `${phoneUs} 1 ${uptime}`,
    ]);
  }
}

const told = async () =>
  (await clockMarks(file)).map(([kind, from, to, , , name, , section, , line]) => ({
    kind,
    from,
    to,
    name,
    section,
    line,
  }));

describe('what the comparisons of the clocks leave on the timeline', () => {
  it('the start of the phone, once for both comparisons, with the line that told it best', async () => {
    await compared(1, start, 61_000, 3 * day);
    await compared(1, start + 60 * second, 61_001, 3 * day + 60 * second);
    const [boot, ...others] = await told();
    expect(others).toEqual([]);
    expect(boot).toEqual({
      kind: 'boot',
      from: start - 3 * day,
      to: start - 3 * day,
      name: 'Phone started',
      section: 1,
      line: 17,
    });
    expect((await clockMarks(file))[0]![6]).toBe('It had been running for 3 d when it was asked.');
  });

  it('a clock that was set while the phone was acquired, in the stretch in which it must have been', async () => {
    await compared(1, start, 0, day);
    await compared(1, start + 100 * second, 3_600_000, day + 100 * second);
    await compared(2, start + 900 * second, 3_600_000, day + 900 * second);
    const marks = await told();
    expect(marks.map(({ kind, name }) => [kind, name])).toEqual([
      ['boot', 'Phone started'],
      ['clock', 'The phone’s clock was set forward by 1 h'],
    ]);
    expect(marks[1]).toMatchObject({ from: start + 5000, to: start + 100 * second - 5000 });
  });

  it('the computer’s own clock, where it was set meanwhile', async () => {
    await compared(1, start, 0, day);
    await compared(1, start + 700 * second, -600_000, day + 100 * second);
    expect((await told()).map(({ name }) => name)).toEqual([
      'Phone started',
      'The computer’s clock was set forward by 10 min',
    ]);
  });

  it('a second start, and a clock that stood elsewhere after it', async () => {
    await compared(1, start, 500, 20 * day);
    await compared(2, start + 14 * day, 40_500, 2 * day);
    expect((await told()).map(({ kind, from, name }) => [kind, from, name])).toEqual([
      ['boot', start - 20 * day, 'Phone started'],
      ['boot', start + 12 * day, 'Phone started'],
      [
        'clock',
        start + 5000,
        'The phone’s clock stood 40.0 s further ahead of the computer’s than at the comparison before',
      ],
    ]);
  });

  it('neither drift over weeks nor another computer is called a change', async () => {
    await compared(1, start, 500, 2 * day);
    await compared(2, start + 14 * day, 1800, 16 * day + 3 * second);
    await compared(3, start + 15 * day, 90_000, 17 * day + 92 * second);
    expect((await told()).map(({ kind }) => kind)).toEqual(['boot']);
  });

  it('nothing from a comparison without an offset, and no start without a running time', async () => {
    await compared(1, start, null, day);
    await compared(1, start, 0, null);
    await compared(1, start + 50 * second, 10_000, null);
    expect((await told()).map(({ kind, name }) => [kind, name])).toEqual([
      ['clock', 'The phone’s clock stood 10.0 s further ahead of the computer’s than at the comparison before'],
    ]);
  });
});
