import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../../shared/base/failure.ts';
import { DAY, HOUR, MINUTE, type Micros } from '../../shared/base/time.ts';
import type { CaseInfo } from '../../shared/types/case.ts';
import { createEngine } from '../engine/engine.ts';
import type { OpenCase, Work } from '../engine/engine-api.ts';
import { createPracticePhone, createWorld, type WorldOptions, withCaptures } from '../practice/index.ts';
import { PracticeBridge } from './adapters/practice-bridge.ts';
import { stderrLog } from './adapters/stderr-log.ts';
import type { Home } from './home.ts';

/** A Xiaomi in Delhi. Its owner switched the cloud services off some hours after it was first acquired. */
const first: Micros = Date.UTC(2026, 2, 2, 5, 30) * 1000;
const second: Micros = first + 14 * DAY;
const phone = {
  seed: 20,
  home: 'delhi',
  android: 14,
  maker: 'xiaomi',
  days: 45,
  packages: 140,
  with: {
    secondUser: false,
    removedApp: true,
    tethering: false,
    vpn: false,
    clockSet: false,
    clockUnset: false,
    captures: false,
    oldBugreports: false,
  },
  servers: { movedUs: first + 4 * DAY },
} as const;
/** When the owner captured with PCAPdroid, once before each acquisition: out on a Saturday, by mobile data, and at home in the evening. */
const captured: readonly Micros[] = [first - 48 * HOUR + 20 * MINUTE, second - 39 * HOUR + 20 * MINUTE];
const captures = '/sdcard/Download/PCAPdroid';

const info: CaseInfo = {
  number: 'Sample',
  examiner: null,
  agency: null,
  authority: null,
  notes:
    'Made by the program from a simulated phone; no person’s data is in it. Two acquisitions of one Xiaomi, two weeks apart: after the first, its owner switched Mi Account, Mi Cloud and Cloud Messaging off. Each has a capture that the owner made with PCAPdroid. Names and places of Xiaomi’s servers in them were published; that they moved from China to Singapore in these days, like all traffic, is made up.',
  zone: null,
};

/** Where the sample case stands once it was made. */
export function sampleFolder(home: Home): string {
  return join(home.casesFolder, 'Sample - Xiaomi before and after.phonehome');
}

/**
 * Makes the sample case: two acquisitions of the practice phone, under a simulated clock, so that it is the same on every
 * machine and every day. It appears whole or not at all. Rejects with Failure `cancelled`, `disk-full`, `no-permission`.
 */
export async function buildSampleCase(
  folder: string,
  settings: { readonly version: string; readonly resources: string },
  work: Work,
): Promise<void> {
  const partial = join(dirname(folder), `.sample-${process.pid}.phonehome`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  const taken: string[] = [];
  try {
    await acquireAt({ nowUs: first, cloud: 'on' }, 0, (engine) => engine.createCase(partial, info, true));
    await acquireAt({ nowUs: second, cloud: { offSinceUs: first + 9 * HOUR } }, 0.5, (engine) =>
      engine.openCase(partial),
    );
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }

  /** One visit of the phone; `done` is the share of the work that lies behind. */
  async function acquireAt(
    at: Pick<WorldOptions, 'nowUs' | 'cloud'>,
    done: number,
    open: (engine: ReturnType<typeof createEngine>) => Promise<OpenCase>,
  ): Promise<void> {
    // Phone and computer read one clock that moves a quarter of a millisecond with every look at it.
    let nowUs: Micros = at.nowUs;
    const now = () => {
      nowUs += 250;
      return nowUs;
    };
    const practice = createPracticePhone(withCaptures(createWorld({ ...phone, ...at }), captured), { nowUs: now });
    // Each visit takes what was not there at the one before.
    const files = (practice.list(captures) ?? [])
      .map(({ name }) => `${captures}/${name}`)
      .filter((path) => path.endsWith('.pcap') && !taken.includes(path));
    taken.push(...files);
    const engine = createEngine({
      bridge: new PracticeBridge([practice], { now }),
      clock: { now },
      log: stderrLog(),
      oneByOne: true,
      ...settings,
    });
    try {
      const opened = await open(engine);
      try {
        const { state } = await opened.acquire(
          { serial: practice.serial, profile: 'full', files, extras: ['accounts'] },
          {
            signal: work.signal,
            progress: {
              steps: (steps) => work.progress.steps(steps),
              now: (phrase, fraction) =>
                work.progress.now(
                  `${done === 0 ? 'First' : 'Second'} acquisition: ${phrase}`,
                  fraction === null ? null : done + fraction / 2,
                ),
            },
          },
        );
        if (state !== 'complete') throw new Failure('cancelled', 'The sample case was not made: it was cancelled.');
      } finally {
        await opened.close();
      }
    } finally {
      await engine.close();
    }
  }
}
