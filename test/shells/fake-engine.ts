import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Engine, OpenCase, Work } from '../../main/engine/engine-api.ts';
import { Failure } from '../../shared/base/failure.ts';
import type { CaseInfo, CaseView } from '../../shared/types/case.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import type { DatabaseView } from '../../shared/types/database.ts';
import type { PhonesView } from '../../shared/types/device.ts';
import type { EventView } from '../../shared/types/event.ts';
import type { ImportOutcome } from '../../shared/types/outcome.ts';
import type { EvidenceView } from '../../shared/types/summary.ts';
import { fakeFindings } from './fake-findings.ts';

/*
 * An engine with no evidence behind it, for tests of the host and the shells: they carry questions and answers and
 * need no true ones. Cases are folders with a marker file.
 */

export const fakePhones: PhonesView = {
  bridge: { state: 'ready', adbPath: '/usr/bin/adb', version: '1.0.41', advice: null },
  devices: [
    { serial: 'F4K3', state: 'device', model: 'Fake 1', android: '14', maker: 'Plain', practice: false, advice: null },
    {
      serial: 'L0CK',
      state: 'unauthorized',
      model: null,
      android: null,
      maker: null,
      practice: false,
      advice: 'Allow USB debugging on the phone.',
    },
  ],
};

export const fakeEvent: EventView = {
  id: 'V1',
  kind: 'volume',
  from: '2026-03-01T08:00:00.000000Z',
  to: '2026-03-01T10:00:00.000000Z',
  errorUs: null,
  uid: 10123,
  user: 0,
  packages: ['org.example.app'],
  app: 'Example',
  direction: 'both',
  sent: 1000,
  received: 2000,
  sentPackets: 10,
  receivedPackets: 20,
  foreground: false,
  tag: 0,
  network: { type: 'wifi', name: 'home', roaming: false, metered: null, vpn: false },
  remote: null,
  place: null,
  operator: null,
  owner: null,
  service: null,
  evidence: { id: 'E1', section: 'dumpsys netstats', line: 12, offset: 340 },
  counted: true,
};

const fakeHash = '0'.repeat(64);
const fakeDatabase: DatabaseView = {
  id: 'fake-places',
  title: 'Fake places',
  kind: 'location',
  date: '2026-01-01',
  sha256: fakeHash,
  bytes: 1,
  licence: 'CC0-1.0',
  attribution: null,
  shipped: true,
};
const fakeKey = { name: 'Fake', fingerprint: fakeHash, createdAt: fakeEvent.from, publicKey: 'PEM', path: '/fake/key' };
const manifest = 'signatures/manifest-1.json';
const fakeSignatures: Pick<OpenCase, 'sign' | 'requestStamp' | 'takeStamp'> = {
  sign: async () => ({
    manifest,
    sha256: fakeHash,
    name: 'Fake',
    fingerprint: fakeHash,
    signedAt: fakeEvent.from,
    files: 1,
    bytes: 3,
    lines: 4,
  }),
  requestStamp: async (out) => ({ path: out, manifest, sha256: fakeHash, bytes: 59 }),
  takeStamp: async (file) => ({
    manifest,
    sha256: fakeHash,
    stamp: {
      file,
      time: fakeEvent.from,
      accuracyS: 1,
      authority: 'CN=Fake',
      serial: '01',
      policy: '1.2',
      issuer: 'trusted',
    },
  }),
};
const fakeCustody: Pick<Engine, 'signingKey' | 'createSigningKey' | 'sealCase' | 'unsealCase'> = {
  signingKey: async () => null,
  createSigningKey: async () => fakeKey,
  sealCase: async (_, { to, out }) => ({ path: out, bytes: 9, sha256: fakeHash, files: 1, to: [...to] }),
  unsealCase: async (_, { out }) => ({ path: out, files: 1, bytes: 3 }),
};

export interface FakeEngine extends Engine {
  /** Makes the engine say that the phones changed. */
  plug(phones: PhonesView): void;
  /** The first picture of every case. */
  first: OpenCase['first'];
  readonly calls: string[];
}

export function fakeEngine(): FakeEngine {
  const watchers = new Set<(phones: PhonesView) => void>();
  const calls: string[] = [];
  let next = 1;
  const withEnding = (path: string) => (path.endsWith('.phonehome') ? path : `${path}.phonehome`);
  const isCase = async (path: string) =>
    existsSync(join(path, 'fake-case')) || existsSync(join(withEnding(path), 'fake-case'));
  const engine: FakeEngine = {
    version: '0.0.0-fake',
    calls,
    first: async () => null,
    pairPhone: async (address) => ({ ok: false, sentence: `No phone answers at ${address}.`, serial: null }),
    databases: async () => [fakeDatabase],
    addDatabase: async (path) => ({ ...fakeDatabase, id: 'abc', title: path, shipped: false }),
    removeDatabase: async () => {},
    connectPhone: async (address) => ({ ok: true, sentence: `Connected to ${address}.`, serial: address }),
    plug: (phones) => {
      for (const watcher of watchers) watcher(phones);
    },
    async createCase(path, info, sample = false) {
      const folder = withEnding(path);
      if (existsSync(folder)) throw new Failure('case-exists', `${folder} is there already.`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'fake-case'), String(sample));
      return fakeCase(`C${next++}`, folder, info, sample, engine);
    },
    async openCase(path) {
      const folder = existsSync(join(path, 'fake-case')) ? path : withEnding(path);
      if (!existsSync(join(folder, 'fake-case'))) throw new Failure('not-a-case', `${path} is not a Phonehome case.`);
      const sample = readFileSync(join(folder, 'fake-case'), 'utf8') === 'true';
      return fakeCase(`C${next++}`, folder, emptyCaseInfo, sample, engine);
    },
    verifyFolder: async () => ({ ok: true, checked: 2, failures: [] }),
    custodyOf: async () => ({ lines: [], total: 0 }),
    ...fakeCustody,
    async rebuildFolder(path, work) {
      return (await this.openCase(path)).rebuild(work);
    },
    isCase,
    phones: async () => fakePhones,
    watchPhones(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    reportSections: () => [{ id: 'cover', title: 'Cover', required: true }],
    exportFormats: () => ['csv'],
    async close() {
      calls.push('engine.close');
    },
  };
  return engine;
}

async function fakeImport(paths: readonly string[], work: Work): Promise<ImportOutcome> {
  if (paths.some((path) => path.endsWith('/endless'))) {
    for (let n = 0; !work.signal.aborted; n++) {
      work.progress.now(`Reading part ${n}`, null);
      await new Promise((done) => setTimeout(done, 2));
    }
    throw new Failure('cancelled', 'The import was cancelled.');
  }
  work.progress.steps([{ id: 'read', title: 'Reading', state: 'complete', bytes: 3, ms: 1, note: null }]);
  const missing = paths.filter((path) => !existsSync(path));
  const taken = paths.filter((path) => existsSync(path));
  return {
    evidence: taken.map((path, n) => ({
      id: `E${n + 1}`,
      sha256: '0'.repeat(64),
      bytes: 3,
      name: basename(path),
      sections: ['dumpsys netstats'],
      already: false,
    })),
    events: taken.length,
    warnings: 0,
    failures: missing.map((path) => ({ path, code: 'not-found', message: `There is no file ${path}.` })),
  };
}

function fakeCase(id: string, path: string, info: CaseInfo, sample: boolean, engine: FakeEngine): OpenCase {
  const view: CaseView = {
    id,
    path,
    name: basename(path, '.phonehome'),
    info,
    readOnly: false,
    sample,
    createdAt: '2026-03-01T08:00:00.000000Z',
    evidence: 1,
    events: 1,
  };
  const hour = 3_600_000_000;
  const start = Date.UTC(2026, 2, 1, 8) * 1000;
  const flow = { sent: 1000, received: 2000, sentBackground: 1000, receivedBackground: 1500, events: 1 };
  const coverage = [{ source: 'per-app history', fromUs: start, toUs: start + 4 * hour, evidence: 'E1' }];
  const kept: EvidenceView[] = [];
  const keep = (name: string) =>
    kept.push({
      id: `E${kept.length + 1}`,
      batch: 1,
      sha256: '0'.repeat(64),
      bytes: 3,
      name,
      obtained: 'imported',
      command: null,
      state: 'complete',
      exit: null,
      hostBefore: fakeEvent.from,
      hostAfter: fakeEvent.from,
      offsetMs: null,
      offsetErrorMs: null,
      sections: [],
      recognised: true,
    });
  return {
    view: async () => view,
    async acquire(choice, work) {
      if (choice.serial === 'L0CK')
        throw new Failure('phone-unauthorized', 'The phone L0CK does not trust this computer.');
      work.progress.now('Reading identity', 0.5);
      keep('identity');
      return {
        evidence: 3,
        events: 1,
        warnings: 0,
        refused: [],
        durationMs: 5,
        offsetMs: 12.5,
        offsetErrorMs: 3,
        state: 'complete',
      };
    },
    look: async () => ({
      serial: 'FAKE',
      root: { state: 'not asked', sentence: 'Root was not tried for.' },
      files: [],
      apps: [],
      notes: [],
    }),
    custodyLog: async () => ({ lines: [], total: 0 }),
    async importFiles(paths, work) {
      const outcome = await fakeImport(paths, work);
      for (const one of outcome.evidence) keep(one.name);
      return outcome;
    },
    rebuild: (work) => fakeImport([], work),
    verify: async () => ({ ok: true, checked: 2, failures: [] }),
    ...fakeSignatures,
    first: (bars) => engine.first(bars),
    overview: async () => ({
      fromUs: start,
      toUs: start + 4 * hour,
      stepUs: 4 * hour,
      sent: [1000],
      received: [2000],
      sentBackground: [1000],
      receivedBackground: [1500],
      coverage,
      context: [],
      zone: null,
    }),
    window: async (question) => ({
      by: question.by,
      fromUs: question.fromUs,
      toUs: question.toUs,
      resolutionUs: 2 * hour,
      lanes: [
        {
          key: 'uid:10123',
          name: 'Example',
          detail: null,
          system: false,
          service: null,
          ...flow,
          firstUs: start,
          lastUs: start + 2 * hour,
          intervals: {
            from: [start],
            to: [start + 2 * hour],
            sent: [1000],
            received: [2000],
            sentBackground: [1000],
            receivedBackground: [1500],
            events: [1],
            top: ['V1'],
          },
        },
      ],
      ...flow,
    }),
    events: async () => ({ events: [fakeEvent], total: 1 }),
    async *eventStream(filter) {
      engine.calls.push(`eventStream ${JSON.stringify(filter)}`);
      yield [fakeEvent];
    },
    async savePackets(event, out, work) {
      if (event === 'V1') throw new Failure('wrong-use', `Event ${event} was not read from a capture.`);
      work.progress.now('Reading the capture again', 0.5);
      return { path: out, packets: 3, expected: event === 'C2' ? 4 : 3, bytes: 240, sha256: fakeHash };
    },
    find: async (text) => ({ text, groups: [] }),
    explain: async ({ kind, key }) => ({
      subject: { kind, key, name: key },
      candidates: [],
      addresses: [],
      owner: null,
      tracker: null,
      laws: [],
      atStake: [],
      limits: ['This engine is made for a test and explains nothing.'],
    }),
    destinations: async (by) => ({ by, rows: [], sources: [] }),
    hosts: async () => [],
    async eventDetail(event) {
      if (event !== 'V1') throw new Failure('not-found', `There is no event ${event}.`);
      return {
        event: fakeEvent,
        artifact: 'netstats-text',
        labels: [],
        proves: [],
        doesNotProve: [],
        notCounted: null,
        raw: {
          evidence: 'E1',
          name: 'netstats.txt',
          sha256: '0'.repeat(64),
          section: 'dumpsys netstats',
          obtained: 'imported',
          lines: [{ n: 12, text: '      st=1', hit: true }],
        },
      };
    },
    summary: async () => ({
      device: {
        serial: null,
        maker: null,
        model: null,
        product: null,
        android: null,
        sdk: null,
        build: null,
        securityPatch: null,
        vendorSystem: null,
        zone: null,
        users: [],
      },
      batches: [],
      span: { from: fakeEvent.from, to: fakeEvent.to },
      events: { volume: 1, contact: 0, lookup: 0, context: 0 },
      bytes: { sent: 1000, received: 2000 },
      apps: 1,
      hosts: 0,
      countries: 0,
      warnings: 1,
      coverage,
    }),
    apps: async () => [],
    evidence: async () => kept,
    batches: async () => [],
    warnings: async (limit, after) =>
      limit > 0 && after === 0
        ? [{ evidence: 'E1', section: 'dumpsys netstats', line: 3, offset: 20, text: 'x', reason: 'Not a bucket.' }]
        : [],
    ...fakeFindings,
    reportPreview: async () => ({ pages: [{ svg: '<svg/>' }], truncated: false }),
    reportWrite: async (out) => {
      const file = out ?? join(path, 'reports', 'report.pdf');
      if (out) writeFileSync(file, '%PDF-');
      return { path: file, pages: 1, bytes: 5, sha256: '0'.repeat(64) };
    },
    export: async (format, out) => ({ files: [{ path: `${out}.${format}`, rows: 1, sha256: '0'.repeat(64) }] }),
    async close() {
      engine.calls.push(`close ${path}`);
    },
  };
}
