import { isoOf } from '../../shared/base/time.ts';
import { CaseSession } from './case/case-session.ts';
import { custodyView } from './case/custody-view.ts';
import type { EnginePorts } from './case/parts.ts';
import { rebuildCase } from './case/rebuild-case.ts';
import { sealCase, unsealCase } from './case/seal-case.ts';
import { keyFolder } from './case/sign-case.ts';
import { verifyCase } from './case/verify-case.ts';
import { rememberHead, whoRuns } from './case/write-session.ts';
import { createSigningKey, readSigningKey } from './custody/signing-key.ts';
import type { Engine } from './engine-api.ts';
import { DatabaseShelf } from './enrich/databases/shelf.ts';
import { exporters } from './report/exports/index.ts';
import { sections } from './report/sections/index.ts';
import { CaseDatabase } from './store/case-database.ts';
import { createCaseFolder, findCase } from './store/case-folder.ts';
import { CustodyWriter } from './store/custody-log.ts';
import { CustodyPages } from './store/custody-pages.ts';

export type { EnginePorts } from './case/parts.ts';

const notOverNetwork = {
  ok: false,
  sentence: 'This bridge to phones has no connections over the network.',
  serial: null,
} as const;

/** Makes the engine. It owns the bridge from here on and closes it. */
export function createEngine(ports: EnginePorts): Engine {
  const shelf = new DatabaseShelf(ports.resources, ports.databases ?? null);
  const logs = new Map<string, CustodyPages>();
  const parts = {
    ...ports,
    async deriveParts(evidenceFolder: string) {
      return { lists: () => shelf.lists(), evidenceFolder };
    },
  };
  return {
    version: ports.version,
    async createCase(path, info, sample = false) {
      const paths = await createCaseFolder(path, info, {
        program: `Phonehome ${ports.version}`,
        clock: ports.clock,
        who: whoRuns(),
        sample,
      });
      const database = await CaseDatabase.open(paths.database, 'create');
      const custody = await CustodyWriter.open(paths.custody, whoRuns(), () => '');
      await rememberHead(database, custody);
      await database.close();
      return CaseSession.open(paths, parts);
    },
    async openCase(path) {
      return CaseSession.open(await findCase(path), parts);
    },
    async verifyFolder(path, work, trust) {
      return verifyCase(await findCase(path), parts, work, trust);
    },
    async custodyOf(path, after, limit) {
      const { custody } = await findCase(path);
      const pages = logs.get(custody) ?? new CustodyPages(custody);
      logs.set(custody, pages);
      return custodyView(pages, after, limit);
    },
    signingKey: async () => readSigningKey(keyFolder(ports)),
    async createSigningKey({ name, passphrase }) {
      const createdAt = isoOf(ports.clock.now());
      return createSigningKey(keyFolder(ports), { name: name ?? whoRuns(), passphrase, createdAt });
    },
    async sealCase(path, choice, work) {
      return sealCase(await findCase(path), ports.clock, choice, work);
    },
    unsealCase: (file, choice, work) => unsealCase(file, choice, work),
    async rebuildFolder(path, work) {
      return rebuildCase(await findCase(path), parts, work);
    },
    async isCase(path) {
      return findCase(path).then(
        () => true,
        () => false,
      );
    },
    phones: () => ports.bridge.list(),
    pairPhone: async (address, code) => parts.bridge.pair?.(address, code) ?? notOverNetwork,
    connectPhone: async (address) => parts.bridge.connect?.(address) ?? notOverNetwork,
    watchPhones: (listener) => ports.bridge.watch(listener),
    databases: () => shelf.views(),
    addDatabase: (path) => shelf.add(path),
    removeDatabase: (id) => shelf.remove(id),
    reportSections: () => sections.map(({ id, title, required }) => ({ id, title, required })),
    exportFormats: () => exporters.map((one) => one.id),
    close: () => ports.bridge.close(),
  };
}
