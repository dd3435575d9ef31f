import { Failure } from '../../../shared/base/failure.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/derive.ts';
import type { CustodyLineView, SignatureView, SigningKeyView, StampView } from '../../../shared/types/custody.ts';
import { mockLog } from './custody-log.ts';
import type { MockStep } from './work.ts';

const hash = 'e1'.repeat(32);
const manifest = 'signatures/manifest-1.json';
const signedAt = '2026-11-22T10:00:00.000000Z';
const unsigned: SignatureView = {
  state: 'absent',
  said: 'The case is not signed. The hashes show that nothing in it was changed by accident; they do not show who made it.',
  manifest: null,
  sha256: null,
  name: null,
  fingerprint: null,
  signedAt: null,
  lines: null,
  files: null,
  later: 0,
  stamps: [],
};
const stamp: StampView = {
  file: 'signatures/manifest-1.stamp-1.tst',
  time: signedAt,
  accuracyS: 1,
  authority: 'O=Practice authority, CN=Time stamps',
  serial: '02',
  policy: '1.2.3.4.1',
  issuer: 'not checked',
};

interface MockCustody {
  readonly group: Handlers<Contract>['custody'];
  /** What a check says of the signature now. */
  signature(): SignatureView;
}

/** The `custody` group without an engine: one key, and everything works but the passphrase `wrong`. */
export function mockCustody(
  play: (task: string, kind: 'sign' | 'seal' | 'unseal', id: string | null, steps: MockStep[]) => Promise<void>,
): MockCustody {
  let key: SigningKeyView | null = null;
  let lines: CustodyLineView[] | null = null;
  let signature = unsigned;
  const step = (title: string): MockStep[] => [{ id: 'one', title, ms: 900, bytes: 62_000_000 }];
  const group: MockCustody['group'] = {
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
    async log({ after, limit }) {
      lines ??= await mockLog();
      return { lines: lines.slice(after, after + limit), total: lines.length };
    },
    async sign({ case: id, task, passphrase }) {
      if (passphrase === 'wrong') {
        throw new Failure('wrong-passphrase', 'The passphrase does not open the signing key.', 'Nothing was changed.');
      }
      await play(task, 'sign', id, step('Hash every file'));
      const name = key?.name ?? 'examiner';
      const facts = { name, fingerprint: hash, signedAt, files: 31, lines: 84 };
      const said = `Signed at 2026-11-22 10:00:00 UTC by this computer’s clock, by ${name}, key ${hash}. The signature holds. The key is the one that lies in the case: compare its fingerprint with one that you have from the signer. It covers 31 files and the custody log up to line 84.`;
      signature = { ...unsigned, ...facts, state: 'valid', said, manifest, sha256: hash };
      return { manifest, sha256: hash, ...facts, bytes: 62_000_000 };
    },
    async requestStamp({ out }) {
      if (signature.state === 'absent') {
        const advice = 'A time stamp is for a signature: sign the case first.';
        throw new Failure('not-found', 'The case Redmi Note 7 is not signed yet.', advice);
      }
      return { path: out, manifest, sha256: hash, bytes: 59 };
    },
    async takeStamp() {
      signature = { ...signature, stamps: [stamp] };
      return { manifest, sha256: hash, stamp };
    },
    async seal({ case: id, task, to, out }) {
      await play(task, 'seal', id, step('Seal the case'));
      return { path: out, bytes: 62_400_000, sha256: hash, files: 31, to };
    },
    async unseal({ task, out }) {
      await play(task, 'unseal', null, step('Open the sealed case'));
      return { path: out, files: 31, bytes: 62_000_000 };
    },
  };
  return { group, signature: () => signature };
}
