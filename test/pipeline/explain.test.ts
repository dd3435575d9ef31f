import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenCase } from '../../main/engine/engine-api.ts';
import { PracticeBridge } from '../../main/host/adapters/practice-bridge.ts';
import { createPracticePhone, createWorld, type WorldOptions } from '../../main/practice/index.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { temporaryFolder, testEngine, work } from '../support/engine.ts';

const FIRST = Date.UTC(2026, 2, 1, 9, 30) * 1000;
const DAY = 86_400_000_000;
const SECOND = FIRST + 14 * DAY;

type Wanted = Omit<WorldOptions, 'seed' | 'nowUs' | 'days'>;

/** Acquires the phone in full at each time into one case, and looks at the case after each. */
async function acquired(
  wanted: Wanted,
  times: readonly { readonly at: number; readonly cloud?: WorldOptions['cloud'] }[],
  look: (open: OpenCase, at: number) => Promise<void>,
): Promise<void> {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'case');
  for (const [number, { at, cloud }] of times.entries()) {
    const world = createWorld({ ...wanted, seed: 7, days: 20, nowUs: at, ...(cloud !== undefined && { cloud }) });
    let ticks = at;
    const now = () => (ticks += 1500);
    const engine = testEngine(new PracticeBridge([createPracticePhone(world, { nowUs: now })], { now }), now);
    const open =
      number === 0 ? await engine.createCase(path, emptyCaseInfo) : await engine.openCase(`${path}.phonehome`);
    await open.acquire({ serial: null, profile: 'full', extras: ['accounts'] }, work());
    await look(open, number);
    await open.close();
  }
}

const texts = (reasons: readonly { readonly text: string }[] | undefined) => (reasons ?? []).map(({ text }) => text);

describe('what explains the traffic of a phone', () => {
  test('of a Xiaomi: Mi Cloud, on by account and by what is kept in step; later off, with the state that says so', async () => {
    const times = [
      { at: FIRST, cloud: 'on' as const },
      { at: SECOND, cloud: { offSinceUs: FIRST + DAY } },
    ];
    await acquired({ android: 14, maker: 'xiaomi' }, times, async (open, number) => {
      const said = await open.explain({ kind: 'app', key: 'com.miui.cloudservice' });
      const [first] = said.candidates;
      expect(first?.service.id).toBe('xiaomi-mi-cloud');
      expect(first?.service.optional).toBe(true);
      const evidence = new Map((await open.evidence()).map((one) => [one.id, one]));
      if (number === 0) {
        expect(first?.on).toBe('on');
        expect(first?.confidence).toBe('high');
        const state = first?.for.filter(({ text }) => /com\.xiaomi is on the phone|in step by itself/.test(text));
        expect(state?.map((one) => evidence.get(one.evidence!)?.command)).toEqual([
          expect.stringContaining('dumpsys -t 20 account'),
          expect.stringContaining('dumpsys -t 30 content'),
        ]);
        expect(texts(state).at(-1)).toMatch(/com\.android\.contacts.*sms/);
        const event = said.atStake.find((row) => row.followedBy)?.followedBy?.event;
        const ofEvent = await open.explain({ kind: 'event', key: event! });
        expect(ofEvent.candidates[0]).toMatchObject({ on: 'on', service: { id: 'xiaomi-mi-cloud' } });
      } else {
        expect(first?.on).toBe('off');
        const against = first?.against.find(({ text }) => text.startsWith('No account of the type com.xiaomi'));
        const cited = evidence.get(against?.evidence ?? '');
        expect(cited?.command).toContain('dumpsys -t 20 account');
        // Of the second acquisition, not of the first.
        expect(cited?.batch).toBe(2);
        expect(texts(first?.for).join('\n')).toContain('Earlier the phone’s state said that it was on.');
        // An event of the first weeks is explained by the state that was read next after it.
        const early = await open.explain({ kind: 'event', key: 'v1' });
        for (const one of early.candidates) expect(one.on).not.toBe('off');
      }
    });
  });

  test('data at stake: what was granted, last used by the phone’s clock, and the interval that was under way then', async () => {
    await acquired({ android: 14, maker: 'xiaomi' }, [{ at: FIRST, cloud: 'on' }], async (open) => {
      const { atStake, limits } = await open.explain({ kind: 'app', key: 'com.miui.cloudservice' });
      const contacts = atStake.find((row) => row.category === 'contacts');
      expect(contacts).toMatchObject({ granted: true, permission: 'android.permission.READ_CONTACTS' });
      const { event } = await open.eventDetail(contacts!.followedBy!.event);
      expect(event.packages).toContain('com.miui.cloudservice');
      expect(event.sent).toBe(contacts!.followedBy!.sent);
      expect(event.to > contacts!.lastUsed!).toBe(true);
      expect(limits.join(' ')).toContain('a sequence, and no cause');
      const marks = (await open.overview(100)).context.filter((mark) => mark.kind === 'permission');
      expect(marks.length).toBeGreaterThan(3);
      // One mark an app and minute, not one a use.
      expect(new Set(marks.map((mark) => `${mark.name} ${mark.fromUs}`)).size).toBe(marks.length);
      expect(marks.length).toBeLessThan(60);
    });
  });

  test.each([5, 9, 11] as const)(
    'Android %s tells accounts, what is kept in step and the use of permissions too',
    async (android) => {
      await acquired({ android, maker: 'xiaomi' }, [{ at: FIRST, cloud: 'on' }], async (open) => {
        expect(await open.warnings(1000, 0)).toEqual([]);
        const said = await open.explain({ kind: 'app', key: 'com.miui.cloudservice' });
        expect(said.candidates[0]).toMatchObject({ on: 'on', service: { id: 'xiaomi-mi-cloud' } });
        expect(said.atStake.find((row) => row.category === 'contacts')?.lastUsed).toMatch(/^2026-02/);
      });
    },
  );

  test('of a Samsung: what has the name of Xiaomi’s messaging app is not Cloud Messaging; unknown apps stay unknown', async () => {
    await acquired({ android: 13, maker: 'samsung' }, [{ at: FIRST }], async (open) => {
      const apps = await open.apps();
      for (const app of apps.filter((one) => one.events > 0).slice(0, 40)) {
        const { candidates } = await open.explain({ kind: 'app', key: app.key });
        expect(candidates.map((one) => one.service.id)).not.toContain('xiaomi-cloud-messaging');
      }
      const cloud = await open.explain({ kind: 'app', key: 'com.samsung.android.scloud' });
      expect(cloud.candidates[0]?.service.vendor).toBe('Samsung');
      const unknown = apps.find((one) => one.events > 0 && one.service === null && one.packages.length === 1);
      const said = await open.explain({ kind: 'app', key: unknown!.packages[0]! });
      expect(said.candidates).toEqual([]);
      expect(said.limits[0]).toMatch(/^No service in the catalogue explains this\. That is no sign of anything/);
      await expect(open.explain({ kind: 'app', key: 'no.such.app' })).rejects.toMatchObject({ code: 'not-found' });
      await expect(open.explain({ kind: 'event', key: 'v99999999' })).rejects.toMatchObject({ code: 'not-found' });
      await expect(open.explain({ kind: 'service', key: 'no-such' })).rejects.toMatchObject({ code: 'not-found' });
    });
  });
});
