import { ProgressBar } from 'react-aria-components';
import './progress.css';

/** A bar from 0 to 1; null moves without a measure. The bar is an SVG, so no style attribute is needed. */
export function Progress({ label, fraction }: { label: string; fraction: number | null }) {
  const share = fraction === null ? 0 : Math.min(1, Math.max(0, fraction));
  return (
    <ProgressBar
      className="progress"
      aria-label={label}
      minValue={0}
      maxValue={1}
      value={share}
      isIndeterminate={fraction === null}
    >
      <svg className="progress-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="progress-track" width="100" height="4" />
        <rect
          className={fraction === null ? 'progress-run' : 'progress-fill'}
          width={fraction === null ? 28 : share * 100}
          height="4"
        />
      </svg>
    </ProgressBar>
  );
}
