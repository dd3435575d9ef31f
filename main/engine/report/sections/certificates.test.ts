import { describe, expect, it } from 'vitest';
import type { AppCertificate, AppView } from '../../../../shared/types/app.ts';
import { certificateWording as words } from '../certificate-wording.ts';
import { certificates } from './certificates.ts';

const one: AppCertificate = {
  package: 'org.example.notes',
  version: '2.1',
  sha256: 'ab'.repeat(32),
  role: 'signer',
  subject: 'CN=Example',
  issuer: 'CN=Example',
  from: '2026-01-01T00:00:00.000000Z',
  to: '2051-01-01T00:00:00.000000Z',
  schemes: ['v2', 'v3'],
  holds: true,
};
const app = (...all: AppCertificate[]) => ({ certificates: all }) as unknown as AppView;

describe('the table of packages that were taken', () => {
  it('is not there where none was taken', () => {
    expect(certificates([{} as AppView])).toEqual([]);
  });

  it('names each package once, though two users have it, with what came of checking', () => {
    const blocks = certificates([
      app(one),
      app(one, { ...one, role: 'past', holds: null }),
      app({ ...one, package: 'org.a', holds: false }),
    ]);
    const table = blocks.at(-1);
    if (table?.kind !== 'table') throw new Error('the table is missing');
    expect(table.rows).toHaveLength(3);
    const said = table.rows.map((row) => JSON.stringify(row));
    expect(said[0]).toContain(words.holds.false);
    expect(said[1]).toContain(words.holds.true);
    expect(said[2]).toContain(words.past);
    expect(said[1]).toContain('ab'.repeat(32));
  });
});
