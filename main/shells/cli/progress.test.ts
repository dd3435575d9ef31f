import { expect, it } from 'vitest';
import type { StepView } from '../../../shared/types/task.ts';
import { showProgress } from './progress.ts';

const step = (state: StepView['state'], ms = 1200, note: string | null = null): StepView => ({
  id: 'wifi',
  title: 'Wi-Fi',
  state,
  bytes: 0,
  ms,
  note,
});

function said() {
  const lines: string[] = [];
  const { progress } = showProgress({ live: false, err: (text: string) => lines.push(text) } as never, false);
  return { lines, progress };
}

it('tells a step that is asked again after a loss once more, and what happened in between', () => {
  const { lines, progress } = said();
  progress.now('Looking for the phone', 0);
  progress.steps([step('running')]);
  progress.now('Reading: Wi-Fi', 0);
  progress.steps([step('interrupted', 1200, 'The connection to the phone was lost.')]);
  progress.now('The cable was pulled: waiting for the phone (60 s)', 0);
  progress.now('The cable was pulled: waiting for the phone (59 s)', 0);
  progress.now('The phone is back: comparing the clocks', 0);
  progress.steps([step('running')]);
  progress.steps([step('complete')]);
  progress.steps([step('complete')]);
  expect(lines).toEqual([
    'Looking for the phone\n',
    'Wi-Fi: interrupted, 1.2 s: The connection to the phone was lost.\n',
    'The cable was pulled: waiting for the phone (60 s)\n',
    'The phone is back: comparing the clocks\n',
    'Wi-Fi: complete, 1.2 s\n',
  ]);
});

it('gives no time to what was never begun', () => {
  const { lines, progress } = said();
  progress.steps([step('skipped', 0, 'Acquisition 1 has the whole answer (E9).')]);
  expect(lines).toEqual(['Wi-Fi: skipped: Acquisition 1 has the whole answer (E9).\n']);
});
