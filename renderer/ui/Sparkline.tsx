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

/** Sent above the line, received below, each to its own scale; steps without coverage are hatched. */
export function Sparkline({ sent, received, covered, label }: SparklineProps) {
  const most = (values: readonly number[]) => values.reduce((top, value) => Math.max(top, value), 1);
  const topSent = most(sent);
  const topReceived = most(received);
  const tall = (value: number, top: number) => (value <= 0 ? 0 : Math.max(0.75, (value / top) * high));
  return (
    <svg
      className="spark"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${sent.length} ${2 * high + 1}`}
      preserveAspectRatio="none"
    >
      {covered.map((yes, step) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: steps never move
        yes ? null : <rect key={`c${step}`} className="spark-gap" x={step} width={1.02} height={2 * high + 1} />,
      )}
      <rect className="spark-zero" y={high} width={sent.length} height={0.5} />
      {sent.map((value, step) => {
        const height = tall(value, topSent);
        // biome-ignore lint/suspicious/noArrayIndexKey: steps never move
        return height === 0 ? null : (
          <rect
            key={`s${step}`}
            className="spark-sent"
            x={step + 0.08}
            y={high - height}
            width={0.84}
            height={height}
          />
        );
      })}
      {received.map((value, step) => {
        const height = tall(value, topReceived);
        return height === 0 ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps never move
          <rect
            key={`r${step}`}
            className="spark-received"
            x={step + 0.08}
            y={high + 0.5}
            width={0.84}
            height={height}
          />
        );
      })}
    </svg>
  );
}
