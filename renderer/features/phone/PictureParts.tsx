import type { ReactNode } from 'react';

interface PartProps {
  readonly x: number;
  readonly y: number;
  readonly children?: ReactNode;
}

/** A phone, upright, with what is on its screen. 52 × 96, from its upper left corner. */
export function Phone({ x, y, faint = false, children }: PartProps & { readonly faint?: boolean }) {
  return (
    <g transform={`translate(${x} ${y})`} className={faint ? 'pic-faint' : undefined}>
      <rect className="pic-body" width="52" height="96" rx="7" />
      <rect className="pic-screen" x="4" y="6" width="44" height="84" rx="3.5" />
      <line className="pic-thin" x1="22" x2="30" y1="93" y2="93" />
      {children}
    </g>
  );
}

/** A computer, open, seen from the front. 104 × 72. */
export function Computer({ x, y, children }: PartProps) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className="pic-body" x="10" width="84" height="58" rx="4" />
      <rect className="pic-screen" x="14" y="4" width="76" height="50" rx="2" />
      <path className="pic-body" d="M2 62 h100 l-4 8 h-92 z" />
      {children}
    </g>
  );
}

/** The cable from the computer to the phone, in the places where the scenes put them. */
export function Cable({ look = 'plain' }: { look?: 'plain' | 'lively' | 'dashed' | 'broken' }) {
  if (look === 'broken') {
    return (
      <>
        <path className="pic-cable" d="M118 97 h14 q10 0 10 10 v7 q0 10 10 10" />
        <path className="pic-cable" d="M212 108 v6 q0 10 -10 10 h-20" />
        <path className="pic-mark" d="M160 117 l4 4 M160 131 l4 -4 M174 117 l-4 4 M174 131 l-4 -4" />
      </>
    );
  }
  const classes = { plain: 'pic-cable', lively: 'pic-cable pic-live', dashed: 'pic-cable pic-dashed' } as const;
  return <path className={classes[look]} d="M118 97 h36 q10 0 10 10 v5 q0 10 10 10 h28 q10 0 10 -10 v-2" />;
}

/** Lines of text on a screen. */
export function Words({
  x,
  y,
  widths,
  gap = 6,
}: {
  readonly x: number;
  readonly y: number;
  readonly widths: readonly number[];
  readonly gap?: number;
}) {
  return (
    <g className="pic-words">
      {widths.map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
        <line key={line} x1={x} x2={x + width} y1={y + line * gap} y2={y + line * gap} />
      ))}
    </g>
  );
}

/** Little bars, sent above and received below: what the program shows. */
export function Chart({ x, y }: { readonly x: number; readonly y: number }) {
  const up = [4, 9, 6, 15, 8, 5, 12, 7];
  const down = [7, 5, 11, 8, 14, 4, 9, 6];
  return (
    <g transform={`translate(${x} ${y})`}>
      {up.map((height, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars never move
        <rect key={n} className="pic-sent" x={n * 7} y={-height} width="5" height={height} />
      ))}
      {down.map((height, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars never move
        <rect key={n} className="pic-received" x={n * 7} y={1} width="5" height={height} />
      ))}
    </g>
  );
}

/** The question that the phone asks; the button to touch is marked. */
export function Question() {
  return (
    <>
      <rect className="pic-dialog" x="7" y="26" width="38" height="42" rx="3" />
      <Words x={11} y={33} widths={[26, 30, 20]} gap={5} />
      <rect className="pic-tick" x="11" y="47.5" width="4" height="4" rx="1" />
      <line className="pic-thin" x1="18" x2="34" y1="49.5" y2="49.5" />
      <rect className="pic-press" x="27" y="56" width="15" height="8" rx="2" />
      <circle className="pic-touch" cx="34.5" cy="60" r="11" />
    </>
  );
}

/** A menu of keys: the entry to choose is marked, and so are the keys at the phone’s edge that choose it. */
export function KeyMenu({ widths }: { readonly widths: readonly number[] }) {
  return (
    <>
      <rect className="pic-press" x="9" y="18" width="34" height="9" rx="2" />
      <Words x={12} y={36} widths={widths} gap={9} />
      <path className="pic-mark" d="M55 26 v12 M55 44 v8" />
    </>
  );
}

/** A switch in the settings of the phone, off or on. 26 × 14. */
export function Switch({ x, y, on }: { readonly x: number; readonly y: number; readonly on: boolean }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className={on ? 'pic-press' : 'pic-off'} width="26" height="14" rx="7" />
      <circle className="pic-knob" cx={on ? 19 : 7} cy="7" r="4.5" />
    </g>
  );
}

/** A closed lock. 28 × 34, from the middle of its body’s upper edge. */
export function Lock({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path className="pic-lock" d="M-9 0 v-6 a9 9 0 0 1 18 0 v6" />
      <rect className="pic-lock-body" x="-14" width="28" height="19" rx="3" />
      <circle className="pic-hole" cx="0" cy="9" r="2.5" />
    </g>
  );
}

/** Waves between computer and phone. */
export function Waves({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <path
      className="pic-cable pic-live"
      transform={`translate(${x} ${y})`}
      d="M0 -8 a11 11 0 0 1 0 16 M7 -15 a21 21 0 0 1 0 30 M14 -22 a31 31 0 0 1 0 44"
    />
  );
}

/** Three dots: something is under way. */
export function Dots({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g transform={`translate(${x} ${y})`} className="pic-dots">
      <circle cx="-9" cy="0" r="2.5" />
      <circle cx="0" cy="0" r="2.5" />
      <circle cx="9" cy="0" r="2.5" />
    </g>
  );
}

/** A word in the middle of a screen. */
export function Label({ x, y, children }: { readonly x: number; readonly y: number; readonly children: string }) {
  return (
    <text className="pic-text" x={x} y={y} textAnchor="middle">
      {children}
    </text>
  );
}
