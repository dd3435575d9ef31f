import { create } from 'zustand';
import { keep, kept, onSystemDark, setTheme } from '../bridge/page.ts';

export const lookChoices = ['system', 'light', 'dark'] as const;
export type LookChoice = (typeof lookChoices)[number];

interface Look {
  readonly choice: LookChoice;
  readonly theme: 'light' | 'dark';
}

const first = kept('look');
/** Light or dark: as the system asks unless the person chose. */
export const useLook = create<Look>(() => ({
  choice: lookChoices.find((choice) => choice === first) ?? 'system',
  theme: 'light',
}));

let systemDark = false;

function settle(choice: LookChoice): void {
  const theme = choice === 'system' ? (systemDark ? 'dark' : 'light') : choice;
  setTheme(theme);
  useLook.setState({ choice, theme });
}

/** Follows the system; returns its own end. */
export function followLook(): () => void {
  return onSystemDark((dark) => {
    systemDark = dark;
    settle(useLook.getState().choice);
  });
}

export function chooseLook(choice: LookChoice): void {
  keep('look', choice === 'system' ? null : choice);
  settle(choice);
}
