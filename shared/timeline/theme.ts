/** Colours and type of the drawing. Read once for every change of theme, never while painting. */
export interface Theme {
  readonly font: string;
  readonly mono: string;
  readonly ground: string;
  readonly groundLabel: string;
  readonly groundHover: string;
  readonly groundPanel: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textMid: string;
  readonly textQuiet: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly focus: string;
  readonly sent: string;
  readonly sentDark: string;
  readonly sentSoft: string;
  readonly sentText: string;
  readonly received: string;
  readonly receivedDark: string;
  readonly receivedSoft: string;
  readonly receivedText: string;
  readonly grid: string;
  readonly gridStrong: string;
  readonly axis: string;
  readonly zero: string;
  readonly night: string;
  readonly hatch: string;
  readonly hatchGround: string;
  readonly select: string;
  readonly selectLine: string;
  readonly cursor: string;
  readonly warn: string;
  readonly wifi: string;
  readonly mobile: string;
  readonly vpn: string;
  readonly otherNetwork: string;
  readonly screen: string;
  readonly mark: string;
  readonly contact: string;
}

/** The token of the window's style sheet behind each of them. */
export const tokens: Readonly<Record<keyof Theme, string>> = {
  font: '--font-text',
  mono: '--font-mono',
  ground: '--chart-ground',
  groundLabel: '--ground-1',
  groundHover: '--ground-3',
  groundPanel: '--ground-2',
  line: '--line-1',
  lineStrong: '--line-2',
  text: '--text-1',
  textMid: '--text-2',
  textQuiet: '--text-3',
  accent: '--accent',
  accentSoft: '--accent-soft',
  focus: '--focus',
  sent: '--sent',
  sentDark: '--sent-dark',
  sentSoft: '--sent-soft',
  sentText: '--sent-text',
  received: '--received',
  receivedDark: '--received-dark',
  receivedSoft: '--received-soft',
  receivedText: '--received-text',
  grid: '--chart-grid',
  gridStrong: '--chart-grid-strong',
  axis: '--chart-axis',
  zero: '--chart-zero',
  night: '--chart-night',
  hatch: '--chart-hatch',
  hatchGround: '--chart-hatch-ground',
  select: '--chart-select',
  selectLine: '--chart-select-line',
  cursor: '--chart-cursor',
  warn: '--warn',
  wifi: '--context-wifi',
  mobile: '--context-mobile',
  vpn: '--context-vpn',
  otherNetwork: '--context-other',
  screen: '--context-screen',
  mark: '--context-mark',
  contact: '--chart-contact',
};

/** Builds a theme from a reader of CSS tokens; a missing token becomes a plain grey, so that nothing vanishes. */
export function readTheme(token: (name: string) => string): Theme {
  const entries = Object.entries(tokens).map(([key, name]) => {
    const value = token(name).trim();
    return [key, value !== '' ? value : key === 'font' || key === 'mono' ? 'sans-serif' : '#888888'];
  });
  return Object.fromEntries(entries) as Theme;
}
