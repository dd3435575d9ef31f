import { groupedNumber } from '../../../shared/timeline/formats.ts';
import type { SignatureView, StampView } from '../../../shared/types/custody.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Hash } from '../../ui/Hash.tsx';
import { Moment } from '../../ui/Moment.tsx';

/** Each state of a signature in a word, with the tone of its chip. */
export const signatureStates: Readonly<
  Record<SignatureView['state'], { readonly word: string; readonly tone: 'good' | 'warn' | 'bad' | 'quiet' }>
> = {
  absent: { word: 'not signed', tone: 'quiet' },
  valid: { word: 'signed, it holds', tone: 'good' },
  stale: { word: 'signed, files came later', tone: 'warn' },
  'other key': { word: 'signed by another key', tone: 'warn' },
  invalid: { word: 'does not hold', tone: 'bad' },
};

const issuers: Readonly<Record<StampView['issuer'], string>> = {
  trusted: 'leads to a certificate that was given',
  'not checked': 'not checked: no certificate of the authority was given',
  'not found': 'does not lead to a certificate that was given',
};

/** A time stamp as it was read. */
export function StampFacts({ stamp }: { stamp: StampView }) {
  return (
    <Facts
      list={[
        ['Existed at', <Moment key="t" iso={stamp.time} exact />],
        ['Its error', stamp.accuracyS === null ? null : `${stamp.accuracyS} s, by the authority’s own word`],
        ['Authority', stamp.authority],
        ['Issuer', issuers[stamp.issuer]],
        ['Serial, policy', <code key="s">{`${stamp.serial}, ${stamp.policy}`}</code>],
        ['Kept as', <code key="f">{stamp.file}</code>],
      ]}
    />
  );
}

/** What a check found of the last signature: the sentence, who signed what, and its time stamps. */
export function SignatureState({ signature }: { signature: SignatureView }) {
  const { state, said, name, fingerprint, signedAt, lines, files, later, manifest, sha256, stamps } = signature;
  if (state === 'absent') return <p>{said}</p>;
  return (
    <>
      <p>{said}</p>
      <Facts
        list={[
          ['Signed by', name],
          ['Key', fingerprint === null ? null : <Hash key="k" sha256={fingerprint} of="the fingerprint" />],
          ['Signed at', <Moment key="t" iso={signedAt} exact />],
          [
            'Covers',
            files === null || lines === null
              ? null
              : `${groupedNumber(files)} files, and the custody log up to line ${groupedNumber(lines)}`,
          ],
          ['Came later', later === 0 ? 'nothing' : `${groupedNumber(later)} ${later === 1 ? 'file' : 'files'}`],
          ['Manifest', manifest === null ? null : <code key="m">{manifest}</code>],
          ['Its SHA-256', sha256 === null ? null : <Hash key="h" sha256={sha256} />],
        ]}
      />
      {stamps.map((stamp) => (
        <section key={stamp.file} className="custody-stamp" aria-label="Time stamp">
          <h3>Time stamp</h3>
          <StampFacts stamp={stamp} />
        </section>
      ))}
    </>
  );
}
