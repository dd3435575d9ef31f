import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { androidVersions, createPracticePhone, createWorld, makers } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const SEEDS = 50;
const NOW = Date.UTC(2026, 2, 14, 9, 30) * 1000;

describe('fifty practice phones over all Android versions: the program counts what the phones know of themselves', () => {
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const android = androidVersions[seed % androidVersions.length]!;
    const maker = makers[seed % makers.length]!;
    test(`seed ${seed}: ${maker}, Android ${android}`, async () => {
      await using folder = await temporaryFolder();
      const world = createWorld({ seed, android, maker, nowUs: NOW, days: 12 + (seed % 5) * 7 });
      let ticks = NOW;
      const now = () => (ticks += 1500);
      const phone = createPracticePhone(world, { nowUs: now });
      const engine = testEngine(new PracticeBridge([phone], { now }), now);
      const open = await engine.createCase(join(folder.path, 'case'), emptyCaseInfo);
      const outcome = await open.acquire({ serial: null, profile: 'full' }, work());
      expect(outcome.refused.filter((one) => one.id.includes('netstats'))).toEqual([]);

      const truth = world.totals();
      const summary = await open.summary();
      expect(summary.bytes).toEqual({ sent: truth.sent, received: truth.received });
      expect(summary.span).toEqual({
        from: truth.span && new Date(truth.span.fromUs / 1000).toISOString().replace('Z', '000Z'),
        to: truth.span && new Date(truth.span.toUs / 1000).toISOString().replace('Z', '000Z'),
      });
      const apps = (await open.apps()).filter((app) => app.events > 0);
      const told = Object.fromEntries(
        apps.map(({ uid, sent, received, sentPackets, receivedPackets, sentBackground }) => [
          uid,
          { sent, received, sentPackets, receivedPackets, sentBackground },
        ]),
      );
      expect(told).toEqual(truth.byUid);
      await open.close();
    });
  }
});
