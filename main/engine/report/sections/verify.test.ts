import { beforeAll, describe, expect, it } from 'vitest';
import { memoryCase } from '../../../../test/support/memory-case.ts';
import { evenLetters } from '../fixtures/letters.ts';
import { fillSample, reportDataOf } from '../fixtures/sample-case.ts';
import { makeDocument } from '../make-document.ts';
import type { ReportData, ReportSignature } from '../report-data.ts';
import { wording } from '../wording.ts';

let data: ReportData;
beforeAll(async () => {
  const sample = await memoryCase();
  await fillSample(sample, { apps: 3, days: 2, evidence: 3 });
  data = await reportDataOf(sample);
  return () => sample.close();
});

const signature: ReportSignature = {
  name: 'Dr. A. Sundaram',
  fingerprint: 'ab'.repeat(32),
  signedAt: '2026-03-01T08:00:00.123456Z',
  manifest: 'signatures/manifest-2.json',
  sha256: 'cd'.repeat(32),
  files: 31,
  lines: 1200,
  holds: true,
  stamps: [],
};

const chapter = (signed: ReportSignature | null) =>
  JSON.stringify(
    makeDocument({ ...data, signature: signed }, { date: '2026-03-02' }, evenLetters).sections.find(
      (one) => one.id === 'verify',
    ),
  );

describe('the chapter on custody', () => {
  it('says that a case is not signed', () => {
    expect(chapter(null)).toContain(wording.signatureNone);
  });

  it('names signer, key, manifest and time, how far the signature reaches, and how to check it by hand', () => {
    const text = chapter(signature);
    for (const part of ['Dr. A. Sundaram', signature.fingerprint, signature.sha256, signature.manifest, '31 files'])
      expect(text).toContain(part);
    expect(text).toContain('-sigfile signatures/manifest-2.sig');
    expect(text).toContain(wording.signature.notStamped);
    expect(text).not.toContain(wording.signatureNone);
  });

  it('says of a time stamp that its issuer was not checked', () => {
    const text = chapter({
      ...signature,
      stamps: [
        {
          time: '2026-03-01T08:05:00.000000Z',
          authority: 'O=Authority',
          file: 'signatures/manifest-2.stamp-1.tst',
          bare: true,
        },
      ],
    });
    expect(text).toContain('O=Authority');
    expect(text).toContain(wording.signature.issuer);
  });

  it('says no name and no key of a signature that does not hold', () => {
    const text = chapter({ ...signature, holds: false });
    expect(text).toContain(wording.signatureBroken);
    expect(text).not.toContain('Sundaram');
    expect(text).not.toContain(signature.fingerprint);
  });
});
