import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemoryCase, memoryCase } from '../../../../test/support/memory-case.ts';
import { evenLetters } from '../fixtures/letters.ts';
import { fillSample, reportDataOf, start } from '../fixtures/sample-case.ts';
import { makeDocument } from '../make-document.ts';
import { wording } from '../wording.ts';

let sample: MemoryCase;
beforeAll(async () => {
  sample = await memoryCase();
  await fillSample(sample, { apps: 3, days: 2, evidence: 3 });
});
afterAll(() => sample.close());

const chapter = async () =>
  makeDocument(await reportDataOf(sample), { date: '2026-03-02' }, evenLetters).sections.find(
    (one) => one.id === 'contacts',
  )!;

describe('the chapter on connections', () => {
  it('says so where none was seen', async () => {
    expect((await chapter()).blocks).toEqual([{ kind: 'para', runs: [wording.contacts.none] }]);
  });

  it('has one row a peer of an app, with its first and last look and its evidence', async () => {
    const contact = (id: number, uid: number | null, port: number, second: number, change: object = {}) => ({
      id,
      section: 2,
      source: 'sockets',
      uid,
      from_us: start + second * 1e6,
      to_us: start + (second + 5) * 1e6,
      error_us: 1_000_000,
      open_start: 0,
      open_end: 0,
      protocol: 'tcp',
      remote_ip: '192.0.2.7',
      remote_port: port,
      ...change,
    });
    await sample.insert('contact', [
      contact(1, 10_050, 443, 10),
      contact(2, 10_050, 443, 90, { open_end: 1 }),
      contact(3, 10_050, 5228, 10),
      contact(4, null, 443, 30),
    ]);
    const { contacts } = await reportDataOf(sample);
    expect(contacts).toMatchObject({ total: 4, peers: 1, more: 0 });
    expect(contacts.rows.map(({ uid, port, connections }) => [uid, port, connections])).toEqual([
      [10_050, 443, 2],
      [10_050, 5228, 1],
      [null, 443, 1],
    ]);
    expect(contacts.rows[0]).toMatchObject({
      firstUs: start + 10e6,
      lastUs: start + 95e6,
      openStart: false,
      openEnd: true,
    });
    const text = JSON.stringify(await chapter());
    for (const said of ['192.0.2.7 tcp/443', wording.contacts.nobodyNote, wording.contacts.openEnd, '05:30:10']) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain(wording.contacts.openStart);
  });
});
