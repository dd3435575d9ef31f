import { appendFileSync, chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Ends, ethernet, pcap, tcp } from '../../main/engine/parse/captures/testing/capture-writer.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { StepView } from '../../shared/types/task.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const start = Date.UTC(2026, 0, 5, 12) * 1000;
const FLOWS = 2_500;
/** Some three pieces of half a megabyte, with more flows than are stored at once. */
const capture = pcap(
  Array.from({ length: FLOWS }, (_, n) => {
    const ends: Ends = { from: '192.168.1.20', to: '203.0.113.9', fromPort: 10_000 + n, toPort: 443 };
    return { atUs: start + n * 1_000, bytes: ethernet(tcp(ends, new Uint8Array(600))) };
  }),
);

/** A case with the capture beside it; every time that it takes comes from `now`. */
async function caseWith(folder: string, now: () => number = () => Date.now() * 1000) {
  const path = join(folder, 'gateway.pcap');
  await writeFile(path, capture);
  const open = await testEngine(undefined, now).createCase(join(folder, 'case'), emptyCaseInfo);
  return { path, open };
}

/** Imports it, and takes the copy away as soon as it is whole: whoever reads it afterwards finds nothing. Puts it back in the end. */
async function importAndTakeAway({ path, open }: Awaited<ReturnType<typeof caseWith>>): Promise<number> {
  const evidence = join(dirname(path), 'case.phonehome', 'evidence');
  const overwrite = (bytes: Uint8Array): void => {
    for (const name of readdirSync(evidence)) {
      chmodSync(join(evidence, name), 0o644);
      writeFileSync(join(evidence, name), bytes);
      chmodSync(join(evidence, name), 0o444);
    }
  };
  const steps = ([step]: readonly StepView[]): void => {
    if (step?.state === 'complete') overwrite(new Uint8Array(capture.length));
  };
  const { events } = await open.importFiles([path], { signal: work().signal, progress: { now() {}, steps } });
  overwrite(capture);
  return events;
}

test('a capture is read from the pieces that are copied, and the case says what its evidence gives anew', async () => {
  await using folder = await temporaryFolder();
  const made = await caseWith(folder.path);
  expect(await importAndTakeAway(made)).toBe(FLOWS);
  expect(await made.open.verify(work())).toMatchObject({ ok: true });
});

test('from a slow disk it is copied first and read afterwards, so that readers of the case need not wait', async () => {
  await using folder = await temporaryFolder();
  let now = Date.now() * 1000;
  const made = await caseWith(folder.path, () => {
    now += 15_000_000;
    return now;
  });
  expect(await importAndTakeAway(made)).toBe(0);
  expect((await made.open.verify(work())).failures.map(({ what }) => what)).not.toEqual([]);
  await made.open.rebuild(work());
  expect(await made.open.summary()).toMatchObject({ events: { contact: FLOWS } });
});

test('what was read of bytes that the case has already is forgotten', async () => {
  await using folder = await temporaryFolder();
  const { path, open } = await caseWith(folder.path);
  await open.importFiles([path], work());
  const again = await open.importFiles([path], work());
  expect(again.evidence).toMatchObject([{ already: true }]);
  expect(again.events).toBe(0);
  expect(await open.summary()).toMatchObject({ events: { contact: FLOWS } });
  expect(await open.verify(work())).toMatchObject({ ok: true });
});

test.each(['changes', 'is cancelled'])(
  'what was read of a copy that %s is forgotten, and the next goes on',
  async (fate) => {
    await using folder = await temporaryFolder();
    const controller = new AbortController();
    let armed = false;
    let calls = 0;
    const { path, open } = await caseWith(folder.path, () => {
      // The fourth time of an import is that of its second piece.
      if (armed && ++calls === 4) {
        if (fate === 'changes') appendFileSync(path, new Uint8Array(16));
        else controller.abort();
      }
      return Date.now() * 1000;
    });
    armed = true;
    const outcome = await open.importFiles([path], work(controller.signal)).catch((error: Error) => error);
    expect(calls).toBeGreaterThan(4);
    if (fate === 'changes') expect(outcome).toMatchObject({ failures: [{ code: 'changed-while-read' }], events: 0 });
    else expect(outcome).toMatchObject({ code: 'cancelled' });
    expect(await open.summary()).toMatchObject({ events: { contact: 0 } });
    await writeFile(path, capture);
    expect(await open.importFiles([path], work())).toMatchObject({ events: FLOWS, failures: [] });
    expect(await open.verify(work())).toMatchObject({ ok: true });
  },
);
