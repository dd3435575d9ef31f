import type { OpenCase } from '../../main/engine/engine-api.ts';
import { Failure } from '../../shared/base/failure.ts';
import type { FindingView } from '../../shared/types/finding.ts';

const fakeFinding: FindingView = {
  id: 'm1',
  key: 'm1',
  rule: null,
  title: 'A finding',
  text: 'It says something.',
  limits: 'It proves nothing.',
  state: 'accepted',
  events: [],
  app: null,
  decision: null,
  note: null,
  made: { at: '2026-03-01T08:00:00.000000Z', who: 'examiner' },
  changed: null,
  window: null,
  totals: null,
  cited: [],
  picture: null,
  lines: [3],
};

const theOne = async (key: string): Promise<FindingView> => {
  if (key !== 'm1') throw new Failure('not-found', `There is no finding ${key} in this case.`);
  return fakeFinding;
};

type Findings = Pick<
  OpenCase,
  'findings' | 'findingDraft' | 'makeFinding' | 'editFinding' | 'decideFinding' | 'moveFinding' | 'findingPicture'
>;

/** Findings of an engine that keeps none: what is asked for is answered, and forgotten. */
export const fakeFindings: Findings = {
  findings: async () => [],
  findingDraft: async () => ({ totals: null, cited: [], available: 0 }),
  makeFinding: async ({ title, text }) => ({ ...fakeFinding, title, text }),
  editFinding: async (key, words) => ({ ...(await theOne(key)), ...words }),
  decideFinding: async (key, state) => ({ ...(await theOne(key)), state }),
  moveFinding: async (key) => [await theOne(key)],
  findingPicture: async (key) => {
    await theOne(key);
    return '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"></svg>';
  },
};
