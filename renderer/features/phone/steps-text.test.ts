import { describe, expect, it } from 'vitest';
import type { StepView } from '../../../shared/types/task.ts';
import { onlyNames, stepsText } from './steps-text.ts';

const step = (title: string, state: StepView['state']): StepView => ({
  id: title,
  title,
  state,
  bytes: 0,
  ms: 0,
  note: null,
});

describe('the steps of an acquisition in words', () => {
  it('counts what ended, and names what gave less', () => {
    const steps = [step('a', 'complete'), step('b', 'refused'), step('c', 'skipped'), step('d', 'running')];
    expect(stepsText(steps)).toBe('3 of 4 ended, 1 refused');
    expect(stepsText([step('a', 'waiting')])).toBe('0 of 1 ended');
  });

  it('tells a line that only names steps from one that says more', () => {
    const steps = [step('App names', 'running'), step('App names of user 10', 'complete'), step('Log', 'waiting')];
    expect(onlyNames('Reading: App names, App names of user 10', steps)).toBe(true);
    expect(onlyNames('Log', steps)).toBe(true);
    for (const now of ['Log: waiting for the phone (3 s)', 'Looking for the phone', '']) {
      expect(onlyNames(now, steps), now).toBe(false);
    }
  });
});
