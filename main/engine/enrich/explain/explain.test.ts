import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AtStake, Candidate } from '../../../../shared/types/explanation.ts';
import type { AppFact, ExplainFacts, HostFact, PhoneState } from '../../model/explain-facts.ts';
import { loadLists } from '../lists.ts';
import type { ExplainBooks } from './books.ts';
import { candidatesOf, limitsOf } from './explain.ts';

const lists = await loadLists(fileURLToPath(new URL('../../../../resources', import.meta.url)));
const books: ExplainBooks = { catalogue: lists.catalogue, packages: lists.services.packages };
const at = '2026-03-01T09:30:00.000000Z';
const asked = (evidence: string) => ({ evidence, at });

const silent: PhoneState = {
  maker: 'Xiaomi',
  accounts: { asked: null, types: [] },
  syncs: { asked: null, automatic: {}, rows: [] },
  settings: { asked: {}, rows: [] },
  packages: { asked: null, rows: new Map() },
  sockets: { asked: null, open: [] },
};
const app = (uid: number, ...packages: string[]): AppFact => ({ uid, name: packages[0] ?? `uid ${uid}`, packages });
const host = (name: string, over: Partial<HostFact> = {}): HostFact => ({
  name,
  from: ['tls'],
  endpoint: null,
  service: null,
  confidence: null,
  owner: null,
  contacts: 2,
  bytes: 1000,
  appBytes: null,
  event: 'c7',
  uids: [],
  ...over,
});
function facts(over: Partial<ExplainFacts>, state: Partial<PhoneState> = {}): ExplainFacts {
  return {
    subject: { kind: 'app', key: 'x', name: 'x' },
    atUs: null,
    app: null,
    appEvent: 'v3',
    hosts: [],
    hostsCut: false,
    addresses: [],
    capturedBytes: null,
    apps: new Map(over.app ? [[over.app.uid, over.app]] : []),
    state: { ...silent, ...state },
    stateBefore: null,
    ...over,
  };
}
const texts = (one: Candidate | undefined, side: 'for' | 'against') => (one?.[side] ?? []).map(({ text }) => text);
const cloudHost = lists.catalogue.endpointsOf('xiaomi-mi-cloud').find((one) => one.match === 'exact')!;
const atCloud = (over: Partial<HostFact> = {}) =>
  host(cloudHost.pattern, {
    endpoint: cloudHost.pattern,
    service: 'xiaomi-mi-cloud',
    confidence: cloudHost.confidence,
    ...over,
  });

describe('candidates', () => {
  it('are none for an app that no list knows, and that is said to be no sign of anything', () => {
    const of = facts({ app: app(10_100, 'com.example.unknown') });
    expect(candidatesOf(of, books)).toEqual([]);
    expect(limitsOf(of, [], []).join(' ')).toContain('That is no sign of anything');
  });

  it('take com.android.mms for Cloud Messaging on a Xiaomi only', () => {
    const messaging = facts({ app: app(10_100, 'com.android.mms') });
    const ids = (maker: string | null) =>
      candidatesOf({ ...messaging, state: { ...silent, maker } }, books).map((one) => one.service.id);
    expect(ids('Xiaomi')).toContain('xiaomi-cloud-messaging');
    expect(ids('samsung')).not.toContain('xiaomi-cloud-messaging');
    expect(ids(null)).not.toContain('xiaomi-cloud-messaging');
  });

  it('give a host that is an endpoint more than a package, and name both', () => {
    const own = app(10_100, 'com.miui.cloudservice');
    const [package_] = candidatesOf(facts({ app: own }), books);
    const [both] = candidatesOf(
      facts({ app: own, hosts: [atCloud({ uids: [10_100], appBytes: 900 })], capturedBytes: 900 }),
      books,
    );
    expect(both?.service.id).toBe('xiaomi-mi-cloud');
    expect(both?.confidence).toBe('high');
    expect(texts(both, 'for').join(' ')).toContain(`${cloudHost.pattern} is an endpoint of Mi Cloud`);
    expect(texts(both, 'for').length).toBeGreaterThan(texts(package_, 'for').length);
    expect(package_?.decides[0]).toMatch(/^A capture of packets/);
    expect(both?.decides.join(' ')).not.toMatch(/A capture of packets/);
  });

  it('say against it that several packages share the uid, that another app speaks to the host, and what it does not explain', () => {
    const own = app(10_100, 'com.miui.cloudservice', 'com.example.beside');
    const other = app(10_200, 'com.example.game');
    const of = facts({
      app: own,
      hosts: [
        atCloud({ uids: [10_100, 10_200], appBytes: 600 }),
        host('cdn.example', { event: 'c9', uids: [10_100], appBytes: 300 }),
      ],
      capturedBytes: 1000,
      apps: new Map([own, other].map((one) => [one.uid, one])),
    });
    const [first] = candidatesOf(of, books);
    const against = texts(first, 'against').join('\n');
    expect(against).toContain('The uid 10100 is shared by 2 packages');
    expect(against).toContain('com.example.game spoke to hosts of this service');
    expect(against).toContain(
      '400 of them went to peers that are not known to be of this service, such as cdn.example',
    );
    const ofEvent = candidatesOf({ ...of, subject: { kind: 'event', key: 'c7', name: 'c7' } }, books)[0];
    expect(texts(ofEvent, 'against').join('\n')).not.toContain('Captures hold');
    const alone = candidatesOf({ ...of, app: app(10_100, 'com.miui.cloudservice') }, books)[0];
    expect(texts(alone, 'against').join('\n')).not.toContain('is shared');
  });

  it('take an owner alone for little: no candidate without a package or an endpoint', () => {
    const owned = host('odd.xiaomi.com', { owner: { id: 'xiaomi', name: 'Xiaomi' } });
    expect(candidatesOf(facts({ hosts: [owned] }), books)).toEqual([]);
    const [first] = candidatesOf(facts({ app: app(10_100, 'com.miui.cloudservice'), hosts: [owned] }), books);
    expect(texts(first, 'for').join(' ')).toContain(
      'odd.xiaomi.com belongs to Xiaomi, who runs this service among others',
    );
  });

  it('for a host: name the app of the service that spoke to it', () => {
    const own = app(10_100, 'com.miui.cloudservice');
    const of = facts({
      subject: { kind: 'host', key: cloudHost.pattern, name: cloudHost.pattern },
      hosts: [atCloud({ uids: [10_100] })],
      apps: new Map([[own.uid, own]]),
    });
    const [first] = candidatesOf(of, books);
    expect(texts(first, 'for').join(' ')).toContain(
      'com.miui.cloudservice, with packages of this service, spoke to it.',
    );
  });

  it('stand in the same order whatever the order of what was found, the one for which most speaks first', () => {
    const own = app(10_100, 'com.xiaomi.xmsf');
    const hosts = [atCloud(), host('b.example'), host('a.example')];
    const order = (list: readonly HostFact[]) =>
      candidatesOf(facts({ app: own, hosts: list }), books).map((one) => one.service.id);
    expect(order(hosts)).toEqual(order(hosts.toReversed()));
    expect(order(hosts).length).toBeGreaterThan(1);
  });
});

describe('the phone’s own state', () => {
  const own = facts({ app: app(10_100, 'com.miui.cloudservice') });
  const sync = (enabled: boolean, syncable = 1) => ({
    user: 0,
    accountType: 'com.xiaomi',
    authority: 'com.android.contacts',
    enabled,
    syncable,
    lastSuccess: null,
  });
  const withState = (state: Partial<PhoneState>) => candidatesOf({ ...own, state: { ...silent, ...state } }, books)[0];

  it('says nothing where nobody asked, and names what would tell', () => {
    const one = withState({});
    expect(one?.on).toBe('not known');
    expect(one?.decides.join(' ')).toContain('Asking the phone for the accounts on the phone');
  });

  it('is on where data are kept in step, and not where the kind, the account or all of it is switched off', () => {
    const accounts = { asked: asked('E7'), types: [{ user: 0, type: 'com.xiaomi', count: 1 }] };
    const kept = (rows: PhoneState['syncs']['rows'], automatic = true) =>
      withState({ accounts, syncs: { asked: asked('E8'), automatic: { 0: automatic }, rows } });
    expect(kept([sync(true)])?.on).toBe('on');
    expect(kept([sync(true)])?.for.map((one) => one.evidence)).toEqual(expect.arrayContaining(['E7', 'E8']));
    expect(kept([sync(false)])?.on).toBe('not known');
    expect(kept([sync(true, 0)])?.on).toBe('not known');
    expect(kept([sync(true)], false)?.on).toBe('not known');
  });

  it('is off where no account is there, or the package is not installed or switched off', () => {
    const gone = withState({ accounts: { asked: asked('E7'), types: [{ user: 0, type: 'com.google', count: 1 }] } });
    expect(gone?.on).toBe('off');
    expect(gone?.against.find(({ evidence }) => evidence === 'E7')?.text).toMatch(
      /^No account of the type com\.xiaomi/,
    );
    const rows = (installed: boolean, enabled: boolean | null) =>
      new Map([['com.miui.cloudservice', [{ user: 0, installed, enabled }]]]);
    expect(withState({ packages: { asked: asked('E9'), rows: rows(true, false) } })?.on).toBe('off');
    expect(withState({ packages: { asked: asked('E9'), rows: rows(false, null) } })?.on).toBe('off');
    expect(withState({ packages: { asked: asked('E9'), rows: rows(true, null) } })?.on).toBe('not known');
  });

  it('reads settings by their value, and a connection by port and uid', () => {
    const analytics = facts({ app: app(10_200, 'com.miui.analytics') });
    const settings = (value: string) => ({
      asked: { secure: asked('E5') },
      rows: [{ table: 'secure', key: 'upload_log_pref', value, user: 0 }],
    });
    const on = (value: string) =>
      candidatesOf({ ...analytics, state: { ...silent, settings: settings(value) } }, books)[0]?.on;
    expect([on('1'), on('0'), on('maybe')]).toEqual(['on', 'off', 'not known']);
    const push = app(10_300, 'com.xiaomi.xmsf');
    const open = (uid: number) => ({ asked: asked('E6'), open: [{ uid, port: 5222, event: 'c4' }] });
    const found = (uid: number) =>
      candidatesOf(facts({ app: push }, { sockets: open(uid) }), books).find(
        (one) => one.service.id === 'xiaomi-mi-push',
      );
    expect(found(10_300)?.on).toBe('on');
    expect(found(10_300)?.for.map((one) => one.evidence)).toContain('c4');
    expect(found(10_999)?.on).toBe('not known');
  });

  it('that was read days after an event says so, and does not weigh against it', () => {
    const accounts = { asked: asked('E7'), types: [] };
    const weak = lists.catalogue.packagesOf('xiaomi-mi-cloud').find((row) => row.confidence === 'medium')!;
    const early = {
      ...own,
      app: app(10_100, weak.package),
      atUs: Date.parse(at) * 1000 - 5 * 86_400_000_000,
      state: { ...silent, accounts },
    };
    const late = { ...early, atUs: Date.parse(at) * 1000 - 3_600_000_000 };
    const [of, near] = [candidatesOf(early, books)[0], candidatesOf(late, books)[0]];
    expect(texts(of, 'against').join(' ')).toContain('5 days after this event');
    expect([of?.confidence, near?.confidence]).toEqual(['medium', 'low']);
    expect(texts(near, 'against').join(' ')).not.toContain('after this event');
  });
});

describe('every reason', () => {
  const stake: AtStake = {
    permission: 'android.permission.READ_CONTACTS',
    category: 'contacts',
    opens: 'x',
    granted: true,
    lastUsed: null,
    evidence: 'E2',
    followedBy: null,
  };
  const known = [...new Set(lists.services.packages.map((row) => row.package))];
  it.each([['Xiaomi'], ['samsung'], ['HUAWEI'], ['Google']])(
    'of every package on a phone of %s cites an event, a piece of evidence or a dated source',
    (maker) => {
      let reasons = 0;
      for (const [number, name] of known.entries()) {
        const own = app(10_000 + number, name, 'com.example.beside');
        const state: Partial<PhoneState> = {
          maker,
          accounts: { asked: asked('E7'), types: [] },
          packages: { asked: asked('E9'), rows: new Map([[name, [{ user: 0, installed: true, enabled: null }]]]) },
          settings: { asked: { secure: asked('E5'), global: asked('E5'), system: asked('E5') }, rows: [] },
          sockets: { asked: asked('E6'), open: [] },
        };
        for (const one of candidatesOf(facts({ app: own }, state), books, [stake])) {
          for (const reason of [...one.for, ...one.against]) {
            reasons += 1;
            expect(reason.evidence ?? /\d{4}/.exec(reason.source ?? '')?.[0], reason.text).toBeTruthy();
            expect(reason.text).toMatch(/\.$/);
          }
          expect(one.decides.length).toBeGreaterThan(0);
          expect(one.doesNotProve.length).toBeGreaterThan(2);
        }
      }
      expect(reasons).toBeGreaterThan(100);
    },
  );
});
