import type { Answer, PracticePhone } from '../practice-phone.ts';
import { type Piece, parseLine, ShellSyntaxError } from './parse.ts';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long a phone takes for what it does. Milliseconds. */
export interface Latency {
  /** To start a shell for a command line. */
  readonly shellMs: number;
  /** How many programs run at the same time; more wait for their turn. */
  readonly cores: number;
  /** What the cable carries in a second, both ways of all services together. */
  readonly bytesPerSecond: number;
}

/** A mid-range phone of the last years on a USB 2 cable. */
export const usualLatency: Latency = { shellMs: 25, cores: 4, bytesPerSecond: 8_000_000 };

/** What one program needs: time, and the service that answers only one at a time (a lock in system_server), if any. */
interface Need {
  readonly ms: number;
  readonly service: string | null;
}

/** Milliseconds that a service takes for its dump. */
const dumps: Readonly<Record<string, number>> = {
  account: 60,
  alarm: 200,
  appops: 500,
  batterystats: 2000,
  connectivity: 250,
  connmetrics: 120,
  content: 120,
  dnsresolver: 60,
  jobscheduler: 350,
  netpolicy: 200,
  netstats: 900,
  network_management: 60,
  package: 1800,
  'telephony.registry': 150,
  usagestats: 600,
  user: 60,
  wifi: 400,
};

/** Programs by name that are neither instant nor a service's. */
const programs: Readonly<Record<string, number>> = {
  bugreport: 20_000,
  bugreportz: 20_000,
  getprop: 30,
  logcat: 1500,
  find: 120,
  sha256sum: 60,
  su: 40,
};
const smallMs = 6;

function dumpNeed(args: readonly string[]): Need {
  const rest = [...args];
  while (rest[0] === '-t' || rest[0] === '-T') rest.splice(0, 2);
  const [service = '', ...given] = rest;
  // Without its history the network service has little to write.
  const light =
    service === 'netstats' && !given.some((word) => /^(--full|full|--uid|detail|--checkin|--poll)$/.test(word));
  return { ms: light ? 450 : (dumps[service] ?? 40), service };
}

/** `pm` and `settings` start a virtual machine before Android 7, since then they only ask the service. */
function needOf(words: readonly string[], sdk: number): Need {
  const [name = '', verb = '', what = ''] = words;
  const start = sdk < 24 ? 600 : 0;
  if (name === 'dumpsys') return dumpNeed(words.slice(1));
  if (name === 'pm' || (name === 'cmd' && verb === 'package')) {
    const [asked, of] = name === 'pm' ? [verb, what] : [what, words[3] ?? ''];
    const ms = asked === 'list' && of !== 'users' ? 350 : asked === 'query-activities' ? 450 : 120;
    return { ms: ms + start, service: 'package' };
  }
  if (name === 'settings' || (name === 'cmd' && verb === 'settings')) return { ms: 90 + start, service: 'settings' };
  if (name === 'getprop' && verb !== '') return { ms: 12, service: null };
  return { ms: programs[name] ?? smallMs, service: null };
}

const textOf = (pieces: readonly Piece[]): string => pieces.map((one) => ('text' in one ? one.text : '')).join('');

/** What the programs of a line need, in their order; a line that the shell does not understand needs nothing. */
export function needsOf(line: string, sdk: number): Need[] {
  let steps: ReturnType<typeof parseLine>;
  try {
    steps = parseLine(line);
  } catch (error) {
    if (error instanceof ShellSyntaxError) return [];
    throw error;
  }
  return steps
    .flatMap((step) => step.pipeline)
    .flatMap((command) => {
      const words = command.words.map(textOf);
      const own = needOf(words, sdk);
      if (words[0] !== 'su') return [own];
      const at = words.indexOf('-c');
      const inner = at >= 0 ? words.slice(at + 1) : words.slice(2);
      return [own, ...needsOf(inner.join(' '), sdk)];
    });
}

/** So many may be inside at once; the others wait in the order in which they came. */
class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  constructor(count: number) {
    this.#free = count;
  }
  async enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}

/**
 * The same phone with the durations of a real one. Commands that come at the same time run at the same time, as far as there are
 * cores; a service answers one after the other. What a command says is true of the middle of its longest part.
 */
export function slowPhone(phone: PracticePhone, latency: Latency = usualLatency): PracticePhone {
  const cores = new Places(latency.cores);
  const services = new Map<string, Places>();
  const placeOf = (service: string): Places => {
    const known = services.get(service) ?? new Places(1);
    services.set(service, known);
    return known;
  };
  const work = async (need: Need, inTheMiddle: (() => Promise<void>) | null): Promise<void> => {
    const lock = need.service === null ? null : placeOf(need.service);
    await lock?.enter();
    await cores.enter();
    try {
      await wait(inTheMiddle ? need.ms / 2 : need.ms);
      if (!inTheMiddle) return;
      await inTheMiddle();
      await wait(need.ms / 2);
    } finally {
      cores.leave();
      lock?.leave();
    }
  };
  return {
    ...phone,
    file: (path) => phone.file(path),
    list: (path) => phone.list(path),
    async run(line) {
      const needs = needsOf(line, phone.sdk);
      const longest = needs.reduce((best, need, index) => (need.ms > (needs[best]?.ms ?? 0) ? index : best), 0);
      const kept: { answer: Answer | null } = { answer: null };
      const ask = async (): Promise<void> => {
        kept.answer = await phone.run(line);
      };
      await work({ ms: latency.shellMs, service: null }, needs.length === 0 ? ask : null);
      for (const [index, need] of needs.entries()) await work(need, index === longest ? ask : null);
      return kept.answer!;
    },
  };
}

/** A cable that carries so many bytes in a second, whoever sends them. */
export class Cable {
  #freeAtMs = 0;
  /** Resolves when so many bytes would have gone through. */
  async carry(bytes: number, bytesPerSecond: number): Promise<void> {
    const nowMs = performance.now();
    // What a late timer cost is made up for, what was never asked for is not.
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs - 50) + (bytes / bytesPerSecond) * 1000;
    // Timers are no finer than a millisecond or two: what is shorter is caught up with the next block.
    if (this.#freeAtMs - nowMs > 2) await wait(this.#freeAtMs - nowMs);
  }
}
