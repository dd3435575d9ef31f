import { describe, expect, it } from 'vitest';
import type { BatchView } from '../../../shared/types/summary.ts';
import { askOf, type Draft, emptyDraft, profiles, resumeChoice } from './choices.ts';

const nothing = { files: new Set<string>(), apks: new Set<string>() };
const chosen = { files: new Set(['/sdcard/a.pcap']), apks: new Set(['com.a', 'com.b']) };
const draft = (over: Partial<Draft>): Draft => ({ ...emptyDraft, ...over });

describe('what is asked of the engine', () => {
  it('is a full acquisition and nothing else where nothing was chosen', () => {
    expect(askOf(emptyDraft, nothing)).toEqual({ profile: 'full' });
  });

  it('holds what was chosen by name, and root and what changes the phone only where they were ticked', () => {
    expect(askOf(draft({ how: 'quick', root: true, extras: new Set(['bugreport']) }), chosen)).toEqual({
      profile: 'quick',
      extras: ['bugreport'],
      root: true,
      files: ['/sdcard/a.pcap'],
      apks: ['com.a', 'com.b'],
    });
  });

  it('has an end and packets only where it is live, and packets only with root', () => {
    expect(askOf(draft({ how: 'live', span: '1h', packets: true, extras: new Set(['bugreport']) }), nothing)).toEqual({
      profile: 'live',
      forMs: 3_600_000,
    });
    expect(askOf(draft({ how: 'live', root: true, packets: true }), nothing)).toEqual({
      profile: 'live',
      root: true,
      packets: true,
    });
    expect(askOf(draft({ how: 'full', span: '1h', root: true, packets: true }), nothing)).toEqual({
      profile: 'full',
      root: true,
    });
  });

  it('is only the going on where that was chosen: the engine has the choices of then', () => {
    expect(askOf(draft({ how: 'resume', root: true, extras: new Set(['bugreport']) }), chosen)).toEqual({
      profile: 'full',
      resume: true,
    });
  });
});

describe('the words of the choices', () => {
  it('are one sentence and a time each', () => {
    for (const { words, time } of profiles) {
      expect(words).toMatch(/^[A-Z][^.]+\.$/);
      expect(time).not.toBe('');
    }
  });

  it('say what is asked again for', () => {
    const batch = (state: BatchView['state']) => ({ id: 3, profile: 'full', state }) as BatchView;
    expect(resumeChoice(batch('interrupted')).name).toBe('Go on where acquisition 3 stopped');
    expect(resumeChoice(batch('partial')).name).toContain('what acquisition 3 lacks');
  });
});
