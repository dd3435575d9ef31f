import { MINUTE, SECOND } from '../../../shared/base/time.ts';
import type { LiveView } from '../../../shared/types/task.ts';
import { type Random, random } from './random.ts';
import { endUs, type MockApp, type MockEvent, networks, type World } from './world.ts';

/** A connection of the made-up phone, as looks saw it. */
export interface MockContact {
  readonly id: string;
  readonly app: MockApp;
  readonly fromUs: number;
  toUs: number;
  readonly peer: Peer;
  readonly localPort: number;
  readonly openStart: boolean;
  open: boolean;
  /** Seconds for which it stays; it is closed by the simulation. */
  left: number;
}

interface Peer {
  readonly ip: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly host: string | null;
  readonly country: string | null;
}

const peer = (
  ip: string,
  port: number,
  host: string | null,
  country: string | null,
  protocol: Peer['protocol'] = 'tcp',
): Peer => ({
  ip,
  port,
  host,
  country,
  protocol,
});

/** Who speaks to whom; the first of each is kept open, the others come and go. Addresses are those set aside for examples. */
const habits: readonly { readonly pack: string; readonly chance: number; readonly peers: readonly Peer[] }[] = [
  {
    pack: 'com.google.android.gms',
    chance: 0.12,
    peers: [
      peer('203.0.113.188', 5228, 'mtalk.example', 'US'),
      peer('203.0.113.10', 443, 'play.example', 'US'),
      peer('2001:db8:4006::200e', 443, null, null, 'udp'),
    ],
  },
  {
    pack: 'com.xiaomi.xmsf',
    chance: 0.05,
    peers: [peer('198.51.100.21', 5222, 'push.example', 'CN'), peer('198.51.100.24', 443, null, 'SG')],
  },
  {
    pack: 'com.miui.analytics',
    chance: 0.04,
    peers: [peer('198.51.100.77', 443, 'track.example', 'SG'), peer('198.51.100.78', 443, 'data.example', 'CN')],
  },
  {
    pack: 'com.whatsapp',
    chance: 0.08,
    peers: [peer('192.0.2.60', 5222, 'chat.example', 'IN'), peer('192.0.2.61', 443, 'media.example', 'IN')],
  },
  {
    pack: 'com.tencent.mm',
    chance: 0.06,
    peers: [peer('198.51.100.140', 8080, null, 'CN'), peer('198.51.100.141', 443, null, 'HK')],
  },
  {
    pack: 'com.android.chrome',
    chance: 0.16,
    peers: [
      peer('203.0.113.80', 443, 'www.example', 'DE'),
      peer('203.0.113.81', 443, 'cdn.example', 'NL'),
      peer('203.0.113.82', 443, 'fonts.example', null, 'udp'),
      peer('2001:db8::81', 443, null, null),
    ],
  },
  { pack: 'com.example.updates', chance: 0.02, peers: [peer('192.0.2.199', 8443, null, 'RU')] },
  {
    pack: 'com.google.android.youtube',
    chance: 0.05,
    peers: [peer('203.0.113.90', 443, 'video.example', 'IN', 'udp')],
  },
  { pack: 'com.miui.weather2', chance: 0.01, peers: [peer('198.51.100.201', 443, 'weather.example', 'SG')] },
];

/** A made-up phone that is watched live: a second of it is made with each `tick`. */
export class LiveWorld {
  readonly startedUs = endUs + 12 * MINUTE;
  readonly contacts: MockContact[] = [];
  readonly volumes: MockEvent[] = [];
  readonly watched: { fromUs: number; toUs: number }[] = [];
  readonly gaps: { fromUs: number; toUs: number | null }[] = [];
  readonly counters: boolean;
  lastUs: number | null = null;
  rounds = 0;
  #nowUs = this.startedUs;
  #rnd: Random = random(77);
  #apps: readonly { readonly app: MockApp; readonly chance: number; readonly peers: readonly Peer[] }[];
  #away = false;
  /** Bytes that wait for the next look at the counters. */
  #waiting = new Map<MockApp, { sent: number; received: number; fromUs: number }>();

  constructor(world: World, counters: boolean) {
    this.counters = counters;
    this.#apps = habits.flatMap(({ pack, chance, peers }) => {
      const app = world.apps.find((one) => one.packages[0] === pack && one.user === 0);
      return app ? [{ app, chance, peers }] : [];
    });
  }

  /** One second. `away`: the cable is pulled. */
  tick(away: boolean): void {
    this.#nowUs += SECOND;
    if (away && !this.#away) {
      this.gaps.push({ fromUs: this.lastUs ?? this.#nowUs, toUs: null });
      for (const contact of this.contacts) contact.open = false;
      this.#waiting.clear();
    }
    if (!away && this.#away) {
      const gap = this.gaps.at(-1);
      if (gap) gap.toUs = this.#nowUs;
    }
    const first = !away && (this.#away || this.rounds === 0);
    this.#away = away;
    if (away) return;
    this.rounds += 1;
    this.lastUs = this.#nowUs;
    const stretch = this.watched.at(-1);
    if (first || !stretch) this.watched.push({ fromUs: this.#nowUs, toUs: this.#nowUs });
    else stretch.toUs = this.#nowUs;
    this.#connections(first);
    if (this.counters) this.#count();
  }

  #connections(first: boolean): void {
    for (const contact of this.contacts) {
      if (!contact.open) continue;
      contact.left -= 1;
      if (contact.left < 0) contact.open = false;
      else contact.toUs = this.#nowUs;
    }
    for (const { app, chance, peers } of this.#apps) {
      const held = this.contacts.some((one) => one.open && one.app === app && one.peer === peers[0]);
      if (!held && (first || this.#rnd.chance(0.02))) this.#open(app, peers[0]!, this.#rnd.whole(90, 900), first);
      if (this.#rnd.chance(chance)) {
        this.#open(
          app,
          this.#rnd.pick(peers.slice(1).length > 0 ? peers.slice(1) : peers),
          this.#rnd.whole(0, 28),
          false,
        );
      }
    }
  }

  #open(app: MockApp, to: Peer, left: number, openStart: boolean): void {
    this.contacts.push({
      id: `c${this.contacts.length + 1}`,
      app,
      fromUs: this.#nowUs,
      toUs: this.#nowUs,
      peer: to,
      localPort: this.#rnd.whole(32_768, 60_999),
      openStart,
      open: true,
      left,
    });
  }

  /** Counters are looked at every third second. */
  #count(): void {
    for (const { app } of this.#apps) {
      const open = this.contacts.filter((one) => one.open && one.app === app).length;
      const waiting = this.#waiting.get(app) ?? { sent: 0, received: 0, fromUs: this.#nowUs - SECOND };
      const opened = this.contacts.some((one) => one.app === app && one.fromUs > this.#nowUs - 3 * SECOND);
      const busy = opened ? open * 9000 : open > 1 && this.#rnd.chance(0.3) ? 2600 : this.#rnd.chance(0.03) ? 240 : 0;
      waiting.sent += Math.round(busy * this.#rnd.between(0.1, 1));
      waiting.received += Math.round(busy * this.#rnd.between(0.4, 9));
      this.#waiting.set(app, waiting);
    }
    if (this.rounds % 3 !== 0) return;
    for (const [app, { sent, received, fromUs }] of this.#waiting) {
      this.#waiting.set(app, { sent: 0, received: 0, fromUs: this.#nowUs });
      if (sent + received === 0) continue;
      this.volumes.push({
        id: `l${this.volumes.length + 1}`,
        app,
        fromUs,
        toUs: this.#nowUs,
        sent,
        received,
        sentPackets: Math.ceil(sent / 700),
        receivedPackets: Math.ceil(received / 1100),
        foreground: app.packages[0] === 'com.android.chrome',
        network: networks[0]!,
        line: 12 + this.volumes.length,
        counted: true,
      });
    }
  }

  /** What the task tells of it. */
  view(state: LiveView['state']): LiveView {
    const open = this.contacts.filter((one) => one.open);
    const sum = (way: 'sent' | 'received') => this.volumes.reduce((all, one) => all + one[way], 0);
    const busiest = new Map<number, LiveView['busiest'][number]>();
    for (const one of this.volumes) {
      if (one.toUs < (this.lastUs ?? 0) - 30 * SECOND) continue;
      const app = busiest.get(one.app.uid) ?? { uid: one.app.uid, name: one.app.name, sent: 0, received: 0 };
      busiest.set(one.app.uid, { ...app, sent: app.sent + one.sent, received: app.received + one.received });
    }
    return {
      state,
      startedUs: this.startedUs,
      lastUs: this.lastUs,
      rounds: this.rounds,
      sockets: open.length,
      uids: new Set(open.map((one) => one.app.uid)).size,
      sent: this.counters ? sum('sent') : null,
      received: this.counters ? sum('received') : null,
      gaps: this.gaps.map((gap) => ({ ...gap })),
      busiest: [...busiest.values()].sort((a, b) => b.sent - a.sent).slice(0, 8),
      packetBytes: null,
    };
  }
}
