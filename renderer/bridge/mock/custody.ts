import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/derive.ts';
import type { SigningKeyView } from '../../../shared/types/custody.ts';
import type { MockStep } from './work.ts';

const hash = 'e1'.repeat(32);
const manifest = 'signatures/manifest-1.json';
const signedAt = '2026-11-22T10:00:00.000000Z';

/** The `custody` group without an engine: one key, and everything works. */
export function mockCustody(
  play: (task: string, kind: 'sign' | 'seal' | 'unseal', id: string | null, steps: MockStep[]) => Promise<void>,
): Handlers<Contract>['custody'] {
  let key: SigningKeyView | null = null;
  const step = (title: string): MockStep[] => [{ id: 'one', title, ms: 900, bytes: 62_000_000 }];
  return {
    key: async () => key,
    async createKey({ name }) {
      key = {
        name: name ?? 'examiner',
        fingerprint: hash,
        createdAt: signedAt,
        publicKey: '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n',
        path: '/srv/lab/keys/examiner/private.pem',
      };
      return key;
    },
    log: async () => ({ lines: [], total: 0 }),
    async sign({ case: id, task }) {
      await play(task, 'sign', id, step('Hash every file'));
      const name = key?.name ?? 'examiner';
      return { manifest, sha256: hash, name, fingerprint: hash, signedAt, files: 31, bytes: 62_000_000, lines: 84 };
    },
    requestStamp: async ({ out }) => ({ path: out, manifest, sha256: hash, bytes: 59 }),
    takeStamp: async () => ({
      manifest,
      sha256: hash,
      stamp: {
        file: 'signatures/manifest-1.stamp-1.tst',
        time: signedAt,
        accuracyS: 1,
        authority: 'O=Practice authority, CN=Time stamps',
        serial: '02',
        policy: '1.2.3.4.1',
        issuer: 'not checked',
      },
    }),
    async seal({ case: id, task, to, out }) {
      await play(task, 'seal', id, step('Seal the case'));
      return { path: out, bytes: 62_400_000, sha256: hash, files: 31, to };
    },
    async unseal({ task, out }) {
      await play(task, 'unseal', null, step('Open the sealed case'));
      return { path: out, files: 31, bytes: 62_000_000 };
    },
  };
}
