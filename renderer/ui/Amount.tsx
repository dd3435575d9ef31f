import { humanBytes } from '../../shared/base/bytes.ts';
import { bytesInFull } from '../../shared/timeline/formats.ts';

/** Bytes for people, exact on hovering and for screen readers; unknown is a dash with its word. */
export function Amount({ bytes }: { bytes: number | null }) {
  if (bytes === null) {
    return (
      <span className="faint" title="not known">
        <span aria-hidden="true">–</span>
        <span className="unseen">not known</span>
      </span>
    );
  }
  return (
    <span className={bytes === 0 ? 'faint' : undefined} title={bytesInFull(bytes)}>
      {humanBytes(bytes)}
    </span>
  );
}
