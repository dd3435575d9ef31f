import { describe, expect, it } from 'vitest';
import { zoneNamed } from '../../shared/timeline/zones.ts';
import { bridgeProblems, deviceStates, phoneProblems } from '../../shared/types/device.ts';
import { spentText } from '../ui/spent-text.ts';
import { emptyDraft, infoOf } from './cases/case-draft.ts';
import { casePath, nameFault } from './cases/case-name.ts';
import { zoneNames } from './cases/zone-names.ts';
import { importSentence } from './evidence/import-sentence.ts';
import { placeText } from './evidence/warning-place.ts';
import { offsetText } from './phone/clock-words.ts';
import { debuggingSteps } from './phone/debugging-steps.ts';
import { bridgeScene, phoneScene } from './phone/device-words.ts';
import { isDate } from './report/report-date.ts';

const file = (name: string, already: boolean) => ({ id: 'E1', sha256: '', bytes: 1, name, sections: ['x'], already });

describe('words that the window makes', () => {
  it('says what an import brought', () => {
    const rest = { events: 0, warnings: 0, failures: [] };
    expect(importSentence({ evidence: [file('a', false)], ...rest })).toBe('One file was added.');
    expect(importSentence({ evidence: [file('a', false), file('b', true)], ...rest })).toBe(
      'One file was added; one file was in the case already and added nothing.',
    );
    expect(importSentence({ evidence: [], ...rest })).toBe('Nothing was added.');
  });

  it('says which clock is ahead', () => {
    expect(offsetText(412.94, 10.2)).toBe('the phone’s clock is 412.9 ms ahead of this computer’s (± 10.2 ms)');
    expect(offsetText(-41_000, null)).toBe('the phone’s clock is 41.0 s behind this computer’s');
    expect(offsetText(null, null)).toBeNull();
  });

  it('says how long a step took', () => {
    expect([0, 400, 9949, 9950, 59_400, 59_600, 200_000].map(spentText)).toEqual([
      '<0.1 s',
      '0.4 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min 0 s',
      '3 min 20 s',
    ]);
  });

  it('says where a warning stands, as far as that is known', () => {
    const warning = { evidence: 'E1', section: 'uid', line: 12, offset: 90_100, text: null, reason: '' };
    expect(placeText(warning)).toBe('uid, line 12, byte 90\u202f100');
    expect(placeText({ ...warning, section: null, line: null, offset: null })).toBe('the whole file');
  });

  it('has words and a picture for every state and problem, and steps for every maker', () => {
    const waiting = deviceStates.filter((state) => state !== 'device');
    const scenes = [
      ...waiting.map((state) => phoneScene({ state })),
      ...phoneProblems.map((problem) => phoneScene({ state: 'device', problem })),
      ...bridgeProblems.map((problem) => bridgeScene({ state: 'failed', problem })),
    ];
    for (const scene of scenes) expect(scene?.title).toMatch(/\w/);
    // A problem that looks like another one says nothing by its picture; only those that are dealt with alike may share one.
    const shared = new Set(scenes.map((scene) => scene!.picture));
    expect(shared.size).toBeGreaterThan(20);
    expect([phoneScene({ state: 'device' }), bridgeScene({ state: 'ready' })]).toEqual([null, null]);
    for (const { steps } of debuggingSteps) expect(steps.length).toBeGreaterThan(1);
  });
});

describe('zones to choose from', () => {
  it('stand by their names of today, and each is a zone', () => {
    const names = zoneNames();
    expect(names[0]).toBe('UTC');
    expect(names).toContain('Asia/Kolkata');
    expect(names).not.toContain('Asia/Calcutta');
    expect(names.filter((name) => zoneNamed(name) === null)).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('what a person types', () => {
  it('becomes the path of a case in the manner of the machine', () => {
    expect(casePath('/srv/Cases/', ' Redmi ')).toBe('/srv/Cases/Redmi.phonehome');
    expect(casePath('C:\\Cases', 'Redmi.phonehome')).toBe('C:\\Cases\\Redmi.phonehome');
  });

  it('is refused as a name where a system could not keep it', () => {
    for (const name of ['', '  ', 'a/b', 'a\\b', 'what?', '..', '.hidden', 'end.', 'tab\there']) {
      expect(nameFault(name), name).not.toBeNull();
    }
    for (const name of ['Redmi Note 7', '红米 9A', 'हिन्दी', 'v1.2']) expect(nameFault(name), name).toBeNull();
  });

  it('is not known where it was left empty', () => {
    expect(infoOf({ ...emptyDraft, examiner: ' A. Sharma ' })).toEqual({
      number: null,
      examiner: 'A. Sharma',
      agency: null,
      authority: null,
      notes: null,
      zone: null,
    });
  });

  it('is a date only if the calendar has it', () => {
    expect(['2026-02-28', '2024-02-29'].map(isDate)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', '', 'today'].map(isDate)).toEqual(Array(6).fill(false));
  });
});
