import { CopyButton } from './CopyButton.tsx';
import './hash.css';

/** A SHA-256 in groups of eight, whole or its first eight letters, with a button that copies all of it. */
export function Hash({ sha256, short = false, of = 'the hash' }: { sha256: string; short?: boolean; of?: string }) {
  const groups = short ? [`${sha256.slice(0, 8)}…`] : (sha256.match(/.{1,8}/g) ?? []);
  return (
    <span className="hash">
      <code className="hash-text" title={sha256}>
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups never move
          <span key={index}>{group}</span>
        ))}
      </code>
      <CopyButton text={sha256} of={of} />
    </span>
  );
}
