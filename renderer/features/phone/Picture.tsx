import type { ReactNode } from 'react';
import {
  Cable,
  Chart,
  Computer,
  Dots,
  KeyMenu,
  Label,
  Lock,
  Phone,
  Question,
  Switch,
  Waves,
  Words,
} from './PictureParts.tsx';
import './picture.css';

interface Scene {
  /** What is drawn, for those who do not see it. */
  readonly alt: string;
  readonly drawing: ReactNode;
}

const plainComputer = (
  <Computer x={14} y={36}>
    <Words x={24} y={20} widths={[40, 56, 30]} />
  </Computer>
);
const chartComputer = (
  <Computer x={14} y={36}>
    <Chart x={25} y={28} />
  </Computer>
);

/** A phone on the cable with something on its screen. */
function onCable(alt: string, screen: ReactNode, look: 'plain' | 'dashed' = 'plain', computer = plainComputer): Scene {
  return {
    alt,
    drawing: (
      <>
        {computer}
        <Cable look={look} />
        <Phone x={186} y={14}>
          {screen}
        </Phone>
      </>
    ),
  };
}

/** Something on the computer’s screen, with the phone beside it. */
function onComputer(alt: string, screen: ReactNode, faint = false): Scene {
  return {
    alt,
    drawing: (
      <>
        <Computer x={14} y={36}>
          {screen}
        </Computer>
        <Cable look={faint ? 'dashed' : 'plain'} />
        <Phone x={186} y={14} faint={faint}>
          {faint ? null : <Words x={12} y={34} widths={[28, 22, 26, 16]} />}
        </Phone>
      </>
    ),
  };
}

const tick = <path className="pic-good" d="M16 48 l7 7 l13 -15" />;

const scenes = {
  ready: {
    alt: 'A computer and a phone, joined by a cable; the phone shows a tick.',
    drawing: (
      <>
        {chartComputer}
        <Cable look="lively" />
        <Phone x={186} y={14}>
          {tick}
        </Phone>
      </>
    ),
  },
  practice: {
    alt: 'A computer and the dashed outline of a phone.',
    drawing: (
      <>
        {chartComputer}
        <Cable look="dashed" />
        <g className="pic-outline">
          <Phone x={186} y={14}>
            {tick}
          </Phone>
        </g>
      </>
    ),
  },
  air: {
    alt: 'A computer and a phone, joined through the air; the phone shows a tick.',
    drawing: (
      <>
        {chartComputer}
        <Waves x={136} y={62} />
        <Phone x={186} y={14}>
          {tick}
        </Phone>
      </>
    ),
  },
  allow: onCable('A phone that asks a question; the button “Allow” is marked.', <Question />),
  wait: onCable('A phone and a computer that are making a connection.', <Dots x={26} y={48} />, 'dashed'),
  offline: onCable(
    'A phone on the cable with a cross on its screen.',
    <path className="pic-mark" d="M18 40 l16 16 M34 40 l-16 16" />,
  ),
  silent: onCable(
    'A phone on the cable, asleep.',
    <path className="pic-mark" d="M33 54 a12 12 0 1 1 -7 -21 a9.5 9.5 0 0 0 7 21 z" />,
  ),
  cable: {
    alt: 'A computer and a phone; the cable between them is open.',
    drawing: (
      <>
        <Computer x={14} y={36} />
        <Cable look="broken" />
        <Phone x={186} y={12} faint />
      </>
    ),
  },
  charging: onCable(
    'A phone on the cable that only charges.',
    <path className="pic-bolt" d="M28 28 l-11 20 h8 l-3 18 l13 -22 h-9 l5 -16 z" />,
    'plain',
    <Computer x={14} y={36} />,
  ),
  'debugging-off': onCable(
    'The settings of a phone: a switch is off, and is to be touched.',
    <>
      <Words x={11} y={22} widths={[24, 18]} />
      <Switch x={13} y={41} on={false} />
      <circle className="pic-touch" cx="26" cy="48" r="18" />
    </>,
    'dashed',
  ),
  unseen: {
    alt: 'A phone with debugging switched on; the computer does not find it.',
    drawing: (
      <>
        <Computer x={14} y={36}>
          <circle className="pic-mark" cx="49" cy="26" r="10" />
          <path className="pic-mark" d="M56 33 l9 9" />
        </Computer>
        <Cable look="dashed" />
        <Phone x={186} y={14}>
          <Words x={11} y={26} widths={[24, 18]} />
          <Switch x={13} y={42} on />
        </Phone>
      </>
    ),
  },
  rule: onComputer('A computer with a lock on its screen; the phone is on the cable.', <Lock x={52} y={28} />),
  group: onComputer(
    'A computer that lets other people at the phone, and this user not.',
    <>
      <circle className="pic-person" cx="36" cy="20" r="6" />
      <path className="pic-person" d="M25 43 a11 11 0 0 1 22 0 z" />
      <Lock x={70} y={30} />
    </>,
  ),
  driver: onComputer(
    'A computer with a warning sign; the phone is on the cable.',
    <>
      <path className="pic-lock-body" d="M52 10 l19 34 h-38 z" />
      <path className="pic-mark" d="M52 22 v11 M52 38.4 v0.2" />
    </>,
  ),
  two: {
    alt: 'A computer with two phones; one of them is marked.',
    drawing: (
      <>
        <Computer x={6} y={36} />
        <path className="pic-cable" d="M110 97 h16 q8 0 8 8 v3" />
        <path className="pic-cable pic-live" d="M134 108 v8 q0 8 8 8 h90 q8 0 8 -8 v-6" />
        <path className="pic-cable" d="M134 108 q0 8 8 8 h26 q8 0 8 -4 v-2" />
        <Phone x={150} y={14}>
          <Words x={12} y={34} widths={[28, 22, 26, 16]} />
        </Phone>
        <Phone x={214} y={14}>
          {tick}
        </Phone>
      </>
    ),
  },
  twins: {
    alt: 'Two phones with the same mark.',
    drawing: (
      <>
        <Computer x={6} y={36} />
        <path className="pic-cable" d="M110 97 h16 q8 0 8 8 v11 q0 8 8 8 h90 q8 0 8 -8 v-6 M176 124 v-14" />
        <Phone x={150} y={14}>
          <Label x={26} y={53}>
            A1
          </Label>
        </Phone>
        <Phone x={214} y={14}>
          <Label x={26} y={53}>
            A1
          </Label>
        </Phone>
      </>
    ),
  },
  twice: {
    alt: 'One phone that is reached by the cable and through the air.',
    drawing: (
      <>
        {plainComputer}
        <Waves x={136} y={52} />
        <Cable look="lively" />
        <Phone x={186} y={14}>
          {tick}
        </Phone>
      </>
    ),
  },
  recovery: onCable('A phone with a menu; its keys choose the first line.', <KeyMenu widths={[24, 28, 20, 26]} />),
  sideload: onCable(
    'A phone that waits for a file.',
    <path className="pic-mark" d="M26 26 v26 M16 43 l10 10 l10 -10 M13 60 v7 h26 v-7" />,
  ),
  rescue: onCable(
    'A phone in its rescue mode; its keys choose the first line.',
    <>
      <KeyMenu widths={[]} />
      <circle className="pic-mark" cx="26" cy="57" r="13" />
      <circle className="pic-mark" cx="26" cy="57" r="5" />
      <path
        className="pic-mark"
        d="M22.5 53.5 l-5.5 -5.5 M29.5 53.5 l5.5 -5.5 M22.5 60.5 l-5.5 5.5 M29.5 60.5 l5.5 5.5"
      />
    </>,
  ),
  bootloader: onCable(
    'A phone that shows its bootloader; its keys choose “Start”.',
    <>
      <KeyMenu widths={[]} />
      <Words x={10} y={60} widths={[30, 26, 32, 18, 24]} gap={5} />
      <path className="pic-play" d="M23 19.5 l6 3 l-6 3 z" />
      <path className="pic-mark" d="M26 34 l8 14 h-16 z" />
    </>,
  ),
  download: onCable(
    'A phone in a mode for its maker’s tools: an arrow that points down.',
    <>
      <path className="pic-lock-body" d="M20 24 h12 v20 h9 l-15 18 l-15 -18 h9 z" />
      <Words x={12} y={72} widths={[28, 20]} />
    </>,
  ),
  host: {
    alt: 'Two computers, joined by a cable.',
    drawing: (
      <>
        <Computer x={14} y={36}>
          <Words x={24} y={20} widths={[40, 56, 30]} />
        </Computer>
        <path className="pic-cable" d="M116 103 h48" />
        <Computer x={162} y={36}>
          <Label x={52} y={34}>
            ?
          </Label>
        </Computer>
      </>
    ),
  },
  unknown: onCable(
    'A phone with a question mark.',
    <Label x={26} y={53}>
      ?
    </Label>,
  ),
  missing: onComputer(
    'A computer that looks for the program adb.',
    <Label x={52} y={34}>
      adb ?
    </Label>,
    true,
  ),
  broken: onComputer(
    'A computer whose adb is crossed out.',
    <>
      <Label x={52} y={34}>
        adb
      </Label>
      <path className="pic-mark" d="M30 42 l44 -26" />
    </>,
    true,
  ),
  port: onComputer(
    'A computer: the place of adb is taken by another program.',
    <>
      <rect className="pic-off" x="22" y="16" width="26" height="26" rx="3" />
      <rect className="pic-lock-body" x="56" y="16" width="26" height="26" rx="3" />
      <path className="pic-mark" d="M63 23 l12 12 M75 23 l-12 12" />
    </>,
    true,
  ),
  rivals: onComputer(
    'A computer with two adb programs that are in each other’s way.',
    <>
      <rect className="pic-lock-body" x="20" y="19" width="22" height="20" rx="3" />
      <rect className="pic-off" x="62" y="19" width="22" height="20" rx="3" />
      <path className="pic-mark" d="M54 14 l-5 13 h7 l-5 15" />
    </>,
    true,
  ),
  wireless: {
    alt: 'A phone that shows a code of six figures; computer and phone are joined through the air.',
    drawing: (
      <>
        {plainComputer}
        <Waves x={136} y={62} />
        <Phone x={186} y={14}>
          <rect className="pic-dialog" x="7" y="28" width="38" height="36" rx="3" />
          <Words x={12} y={35} widths={[28]} />
          <text className="pic-code" x="26" y="49" textAnchor="middle">
            314 159
          </text>
          <Words x={12} y={57} widths={[22]} />
        </Phone>
      </>
    ),
  },
} as const satisfies Readonly<Record<string, Scene>>;

export type PictureName = keyof typeof scenes;
export const pictureNames = Object.keys(scenes) as PictureName[];

/** What is the matter or what to do, drawn. */
export function Picture({ name }: { name: PictureName }) {
  const { alt, drawing } = scenes[name];
  return (
    <svg className="picture" viewBox="0 0 280 136" role="img" aria-label={alt}>
      {drawing}
    </svg>
  );
}
