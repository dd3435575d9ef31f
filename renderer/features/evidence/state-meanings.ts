import type { EvidenceView } from '../../../shared/types/summary.ts';

/** What each state of an evidence file means for those who rely on it. */
export const stateMeanings: Readonly<Record<EvidenceView['state'], string>> = {
  complete: 'All bytes arrived, and the end is proven.',
  refused: 'The phone refused to answer. Its words, if any, are what was received.',
  unavailable: 'The phone does not know this command, or has nothing to say to it.',
  truncated: 'The answer ends before its own end. What arrived is kept; what would follow is not known.',
  'timed out': 'The answer did not come to an end in time. What arrived is kept.',
  interrupted: 'The phone went away before the end. What arrived is kept.',
};
