import { useId } from 'react';
import './sparkline.css';

interface SparklineProps {
  /** One value a step, oldest first. */
  readonly sent: readonly number[];
  readonly received: readonly number[];
  /** Per step: whether any source covers it. A step that none covers is hatched, never drawn as nothing. */
  readonly covered: readonly boolean[];
  readonly label: string;
}

const high = 26;
const gutter = 0.08;
/** The drawing is stretched to its frame, of about this many pixels; the hatching is squeezed by as much. */
const frame = { width: 448, height: 60 };

interface Bar {
  readonly step: number;
  readonly height: number;
}

/** Bars to their own scale, by the square root; a step with few bytes keeps a trace, a step with none has no bar. */
function barsOf(values: readonly number[]): Bar[] {
  const top = values.reduce((most, value) => Math.max(most, value), 1);
  return values
    .map((value, step) => ({ step, height: value <= 0 ? 0 : Math.max(0.75, Math.sqrt(value / top) * high) }))
    .filter((bar) => bar.height > 0);
}

/** Sent above the line, received below, each to its own scale, heights by the square root; no coverage is hatched. */
export function Sparkline({ sent, received, covered, label }: SparklineProps) {
  const gaps = covered.flatMap((yes, step) => (yes ? [] : [step]));
  const width = 1 - 2 * gutter;
  const hatch = useId();
  const squeeze = `scale(${sent.length / frame.width} ${(2 * high + 1) / frame.height}) rotate(45)`;
  return (
    <svg
      className="spark"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${sent.length} ${2 * high + 1}`}
      preserveAspectRatio="none"
    >
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={squeeze}>
          <rect className="spark-hatch" width="1.25" height="5" />
        </pattern>
      </defs>
      {gaps.map((step) => (
        <rect key={step} fill={`url(#${hatch})`} x={step} width={1.02} height={2 * high + 1} />
      ))}
      <rect className="spark-zero" y={high} width={sent.length} height={0.5} />
      {barsOf(sent).map(({ step, height }) => (
        <rect key={step} className="spark-sent" x={step + gutter} y={high - height} width={width} height={height} />
      ))}
      {barsOf(received).map(({ step, height }) => (
        <rect key={step} className="spark-received" x={step + gutter} y={high + 0.5} width={width} height={height} />
      ))}
    </svg>
  );
}
