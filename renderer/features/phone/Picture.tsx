import type { ReactNode } from 'react';
import './picture.css';

export const pictureNames = [
  'ready',
  'practice',
  'allow',
  'cable',
  'charging',
  'rule',
  'driver',
  'two',
  'offline',
  'recovery',
  'missing',
] as const;
export type PictureName = (typeof pictureNames)[number];

/** A phone, upright, with what is on its screen. 52 × 96, from its upper left corner. */
function Phone({ x, y, faint = false, children }: { x: number; y: number; faint?: boolean; children?: ReactNode }) {
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
function Computer({ x, y, children }: { x: number; y: number; children?: ReactNode }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className="pic-body" x="10" width="84" height="58" rx="4" />
      <rect className="pic-screen" x="14" y="4" width="76" height="50" rx="2" />
      <path className="pic-body" d="M2 62 h100 l-4 8 h-92 z" />
      {children}
    </g>
  );
}

function Cable({ broken = false, lively = false }: { broken?: boolean; lively?: boolean }) {
  if (broken) {
    return (
      <>
        <path className="pic-cable" d="M118 97 h14 q10 0 10 10 v7 q0 10 10 10" />
        <path className="pic-cable" d="M212 108 v6 q0 10 -10 10 h-20" />
        <path className="pic-mark" d="M160 117 l4 4 M160 131 l4 -4 M174 117 l-4 4 M174 131 l-4 -4" />
      </>
    );
  }
  return (
    <path
      className={lively ? 'pic-cable pic-live' : 'pic-cable'}
      d="M118 97 h36 q10 0 10 10 v5 q0 10 10 10 h28 q10 0 10 -10 v-2"
    />
  );
}

/** Lines of text on a screen. */
function Words({ x, y, widths, gap = 6 }: { x: number; y: number; widths: readonly number[]; gap?: number }) {
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
function Chart({ x, y }: { x: number; y: number }) {
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
function Question() {
  return (
    <>
      <rect className="pic-dialog" x="7" y="26" width="38" height="42" rx="3" />
      <Words x={11} y={33} widths={[26, 30, 20]} gap={5} />
      <rect className="pic-tick" x="11" y="47.5" width="4" height="4" rx="1" />
      <line className="pic-thin" x1="18" x2="34" y1="49.5" y2="49.5" />
      <rect className="pic-press" x="27" y="56" width="15" height="8" rx="2" />
      <circle className="pic-touch" cx="36" cy="61" r="7" />
    </>
  );
}

const scenes: Readonly<Record<PictureName, ReactNode>> = {
  ready: (
    <>
      <Computer x={14} y={36}>
        <Chart x={25} y={28} />
      </Computer>
      <Cable lively />
      <Phone x={186} y={14}>
        <path className="pic-good" d="M16 48 l7 7 l13 -15" />
      </Phone>
    </>
  ),
  practice: (
    <>
      <Computer x={14} y={36}>
        <Chart x={25} y={28} />
      </Computer>
      <path className="pic-cable pic-dashed" d="M118 97 h36 q10 0 10 10 v5 q0 10 10 10 h28 q10 0 10 -10 v-2" />
      <g className="pic-outline">
        <Phone x={186} y={14}>
          <path className="pic-good" d="M16 48 l7 7 l13 -15" />
        </Phone>
      </g>
    </>
  ),
  allow: (
    <>
      <Computer x={14} y={36}>
        <Words x={24} y={20} widths={[40, 56, 30]} />
      </Computer>
      <Cable />
      <Phone x={186} y={14}>
        <Question />
      </Phone>
    </>
  ),
  cable: (
    <>
      <Computer x={14} y={36} />
      <Cable broken />
      <Phone x={186} y={12} faint />
    </>
  ),
  charging: (
    <>
      <Computer x={14} y={36} />
      <Cable />
      <Phone x={186} y={14}>
        <path className="pic-bolt" d="M28 28 l-11 20 h8 l-3 18 l13 -22 h-9 l5 -16 z" />
      </Phone>
    </>
  ),
  rule: (
    <>
      <Computer x={14} y={36}>
        <path className="pic-lock" d="M43 28 v-6 a9 9 0 0 1 18 0 v6" />
        <rect className="pic-lock-body" x="38" y="28" width="28" height="19" rx="3" />
        <circle className="pic-hole" cx="52" cy="37" r="2.5" />
      </Computer>
      <Cable />
      <Phone x={186} y={14}>
        <Words x={12} y={34} widths={[28, 22, 26, 16]} />
      </Phone>
    </>
  ),
  driver: (
    <>
      <Computer x={14} y={36}>
        <path className="pic-mark" d="M52 12 l20 34 h-40 z" />
        <path className="pic-mark" d="M52 24 v10 M52 39 v1" />
      </Computer>
      <Cable />
      <Phone x={186} y={14} />
    </>
  ),
  two: (
    <>
      <Computer x={14} y={36}>
        <Words x={24} y={20} widths={[40, 56, 30]} />
      </Computer>
      <path className="pic-cable" d="M118 97 h32 q8 0 8 8 v10 q0 7 7 7 h5 q6 0 6 -6 v-2" />
      <path className="pic-cable" d="M118 93 h44 q10 0 10 10 v20 q0 7 7 7 h52 q8 0 8 -8 v-8" />
      <Phone x={150} y={16} />
      <Phone x={214} y={16}>
        <path className="pic-good" d="M16 48 l7 7 l13 -15" />
      </Phone>
    </>
  ),
  offline: (
    <>
      <Computer x={14} y={36}>
        <Words x={24} y={20} widths={[40, 56, 30]} />
      </Computer>
      <Cable />
      <Phone x={186} y={14}>
        <path className="pic-mark" d="M18 40 l16 16 M34 40 l-16 16" />
      </Phone>
    </>
  ),
  recovery: (
    <>
      <Computer x={14} y={36} />
      <Cable />
      <Phone x={186} y={14}>
        <rect className="pic-press" x="9" y="18" width="34" height="9" rx="2" />
        <Words x={12} y={36} widths={[24, 28, 20, 26]} gap={9} />
        <path className="pic-mark" d="M55 30 v12 M55 48 v8" />
      </Phone>
    </>
  ),
  missing: (
    <>
      <Computer x={14} y={36}>
        <text className="pic-text" x="52" y="34" textAnchor="middle">
          adb ?
        </text>
      </Computer>
      <path className="pic-cable pic-dashed" d="M118 97 h36 q10 0 10 10 v5 q0 10 10 10 h28 q10 0 10 -10 v-2" />
      <Phone x={186} y={14} faint />
    </>
  ),
};

/** What to do, drawn. The words beside it say the same, so it is hidden from screen readers. */
export function Picture({ name }: { name: PictureName }) {
  return (
    <svg className="picture" viewBox="0 0 280 136" aria-hidden="true">
      {scenes[name]}
    </svg>
  );
}
