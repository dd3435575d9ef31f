import { type FrontEvent, frontEvents } from '../world/front.ts';
import { DAY_US } from '../world/time.ts';
import type { World } from '../world/world.ts';
import { ProtoBytes } from './proto-bytes.ts';
import {
  instanceOf,
  screenClass,
  shownMs,
  type Usage,
  usageDays,
  usageOf,
  usageTypeOf,
} from './services/usagestats.ts';

/** A file of the use of apps, as it lies on the phone. */
export interface UsageFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Seconds since 1970, by the phone's clock. */
  readonly mtime: number;
}

/** Numbers of UsageEvents.Event by name (FORMATS 6.1). */
const numbers: Readonly<Record<string, number>> = {
  MOVE_TO_FOREGROUND: 1,
  MOVE_TO_BACKGROUND: 2,
  ACTIVITY_RESUMED: 1,
  ACTIVITY_PAUSED: 2,
  SCREEN_INTERACTIVE: 15,
  SCREEN_NON_INTERACTIVE: 16,
  KEYGUARD_SHOWN: 17,
  KEYGUARD_HIDDEN: 18,
  DEVICE_SHUTDOWN: 26,
  DEVICE_STARTUP: 27,
};

interface Span {
  readonly beginMs: number;
  readonly endMs: number;
  readonly packages: readonly (readonly [string, Usage])[];
  readonly events: readonly { readonly type: number; readonly ms: number; readonly package: string | null }[];
}

const nameOf = (event: Span['events'][number]): string => event.package ?? 'android';

/** Up to Android 9: XML. Times count from the beginning of the file, which is its name (AOSP UsageStatsXmlV1). */
function xml(world: World, span: Span): Uint8Array {
  const packages = span.packages.map(([name, { usedMs, last, times }]) => {
    const launches = world.sdk >= 28 ? ` appLaunchCount="${times}"` : '';
    return `        <package lastTimeActive="${last - span.beginMs}" package="${name}" timeActive="${usedMs}" lastEvent="2"${launches} />`;
  });
  const events = span.events.map((event) => {
    const screen = event.package === null ? '' : ` class="${screenClass(world, event.package)}"`;
    return `        <event time="${event.ms - span.beginMs}" package="${nameOf(event)}"${screen} flags="0" type="${event.type}" />`;
  });
  const list = (tag: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [`    <${tag} />`] : [`    <${tag}>`, ...lines, `    </${tag}>`];
  const lines = [
    `<?xml version='1.0' encoding='utf-8' standalone='yes' ?>`,
    `<usagestats version="1" endTime="${span.endMs - span.beginMs}">`,
    ...list('packages', packages),
    '    <configurations />',
    ...list('event-log', events),
    '</usagestats>',
  ];
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

/** A time as difference to the beginning of the file; 0 would not be written, so it is 1 (AOSP UsageStatsProtoV2). */
const offset = (ms: number, beginMs: number): number => ms - beginMs || 1;

/** Android 10: a protocol buffer with its own pool of texts (AOSP IntervalStatsProto). */
function pooled(world: World, span: Span): Uint8Array {
  const pool = new Set<string>();
  for (const [name] of span.packages) pool.add(name);
  for (const event of span.events) {
    pool.add(nameOf(event));
    if (event.package !== null) pool.add(screenClass(world, event.package));
  }
  const texts = [...pool];
  const at = (text: string): number => texts.indexOf(text) + 1;
  const out = new ProtoBytes().number(1, span.endMs - span.beginMs);
  out.message(2, (inside) => {
    inside.number(1, texts.length);
    for (const text of texts) inside.text(2, text);
  });
  out.number(3, 4);
  for (const [name, { usedMs, last, times }] of span.packages)
    out.message(20, (one) =>
      one
        .number(2, at(name))
        .number(3, offset(last, span.beginMs))
        .number(4, usedMs)
        .number(5, 2)
        .number(6, times)
        .number(10, offset(last, span.beginMs))
        .number(11, usedMs),
    );
  for (const event of span.events)
    out.message(22, (one) => {
      one.number(2, at(nameOf(event)));
      if (event.package !== null) one.number(4, at(screenClass(world, event.package)));
      one.number(5, offset(event.ms, span.beginMs)).number(7, event.type);
      if (event.package === null) return;
      one.number(14, instanceOf(world, event.package)).number(15, at(event.package));
      one.number(16, at(screenClass(world, event.package)));
    });
  return out.done();
}

/** Numbers for packages, and within each for its texts, that hold for all files of a user (AOSP PackagesTokenData). */
class Tokens {
  readonly #packages = new Map<string, { readonly token: number; readonly texts: string[] }>();

  package(name: string): number {
    let one = this.#packages.get(name);
    if (!one) {
      one = { token: this.#packages.size + 1, texts: [name] };
      this.#packages.set(name, one);
    }
    return one.token;
  }

  text(name: string, text: string): number {
    this.package(name);
    const { texts } = this.#packages.get(name)!;
    if (!texts.includes(text)) texts.push(text);
    return texts.indexOf(text);
  }

  /** The file `mappings`. */
  bytes(): Uint8Array {
    const out = new ProtoBytes().number(1, this.#packages.size + 1);
    for (const { token, texts } of this.#packages.values())
      out.message(2, (one) => {
        one.number(1, token + 1);
        for (const text of texts) one.text(2, text);
      });
    return out.done();
  }
}

/** Android 11 and later: names stand in `mappings`, the files hold their numbers plus one (AOSP UsageStatsProtoV2). */
function tokened(world: World, span: Span, tokens: Tokens): Uint8Array {
  const out = new ProtoBytes().number(1, offset(span.endMs, span.beginMs)).number(2, 5).number(3, 0);
  for (const [name, { usedMs, last, times }] of span.packages)
    out.message(20, (one) =>
      one
        .number(1, tokens.package(name) + 1)
        .number(3, offset(last, span.beginMs))
        .number(4, usedMs)
        .number(6, times)
        .number(10, offset(last, span.beginMs))
        .number(11, usedMs),
    );
  for (const event of span.events)
    out.message(22, (one) => {
      const name = nameOf(event);
      one.number(1, tokens.package(name) + 1);
      const screen = event.package === null ? -1 : tokens.text(name, screenClass(world, event.package));
      if (screen >= 0) one.number(2, screen + 1);
      one.number(3, offset(event.ms, span.beginMs)).number(5, event.type);
      if (event.package === null) return;
      one
        .number(10, instanceOf(world, event.package))
        .number(11, 1)
        .number(12, screen + 1);
    });
  return out.done();
}

function eventsOf(world: World, user: number, fromUs: number, toUs: number): Span['events'] {
  return frontEvents(world, user, fromUs)
    .filter((event: FrontEvent) => event.atUs < toUs)
    .flatMap((event) => {
      const name = usageTypeOf(event.kind, world.sdk);
      if (name === null) return [];
      return [
        {
          type: numbers[name]!,
          ms: shownMs(world, event.atUs),
          package: 'package' in event ? event.package : null,
        },
      ];
    });
}

/** How long the spans are that Android sums up besides days; the files of these hold no single events here. */
const longer = [
  ['weekly', 7 * DAY_US, 4],
  ['monthly', 30 * DAY_US, 6],
  ['yearly', 365 * DAY_US, 3],
] as const;

/** The folder in which this Android keeps the use of apps of a user (AOSP UsageStatsService). */
export function usageFolder(sdk: number, user: number): string {
  return sdk >= 30 ? `/data/system_ce/${user}/usagestats` : `/data/system/usagestats/${user}`;
}

/** All files of the use of apps: those of users that run. They say what `dumpsys usagestats` says, day by day. */
export function usageFiles(world: World): UsageFile[] {
  const files: UsageFile[] = [];
  for (const user of world.users) {
    if (!user.running) continue;
    const folder = usageFolder(world.sdk, user.id);
    const tokens = new Tokens();
    const add = (kind: string, fromUs: number, toUs: number, events: boolean): void => {
      const span: Span = {
        beginMs: shownMs(world, fromUs),
        endMs: shownMs(world, toUs),
        packages: [...usageOf(world, user.id, fromUs, toUs)],
        events: events ? eventsOf(world, user.id, fromUs, toUs) : [],
      };
      const bytes =
        world.sdk <= 28 ? xml(world, span) : world.sdk === 29 ? pooled(world, span) : tokened(world, span, tokens);
      files.push({ path: `${folder}/${kind}/${span.beginMs}`, bytes, mtime: Math.floor(span.endMs / 1000) });
    };
    for (const { fromUs, toUs } of usageDays(world)) add('daily', fromUs, toUs, true);
    for (const [kind, lastsUs, most] of longer) {
      const last = Math.floor((world.polledUs - world.setupUs) / lastsUs);
      for (let n = Math.max(0, last - most + 1); n <= last; n += 1) {
        const fromUs = world.setupUs + n * lastsUs;
        const toUs = Math.min(fromUs + lastsUs, world.polledUs);
        if (toUs > world.historyFromUs) add(kind, fromUs, toUs, false);
      }
    }
    const mtime = Math.floor(shownMs(world, world.polledUs) / 1000);
    files.push({ path: `${folder}/version`, bytes: versionText(world), mtime });
    if (world.sdk >= 30) files.push({ path: `${folder}/mappings`, bytes: tokens.bytes(), mtime });
  }
  return files;
}

/** Version of the form and the build that wrote it. */
function versionText(world: World): Uint8Array {
  const version = world.sdk >= 30 ? 5 : world.sdk === 29 ? 4 : world.sdk >= 28 ? 3 : 2;
  const text = `${version}\n${world.release};${world.model.product};${world.model.buildId}\n`;
  return new TextEncoder().encode(text);
}
