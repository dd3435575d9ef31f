import { OVERVIEW_BINS } from '../../shared/timeline/questions.ts';
import type { FirstPicture, OverviewView } from '../../shared/types/timeline.ts';
import { bridge } from '../bridge/bridge.ts';

let ahead: { readonly caseId: string; readonly answer: Promise<OverviewView> } | null = null;
let first: { readonly caseId: string; readonly picture: FirstPicture } | null = null;

function ask(caseId: string): Promise<OverviewView> {
  return bridge().client.timeline.overview({ case: caseId, bins: OVERVIEW_BINS });
}

/**
 * Makes ready for a case that is about to be shown: its first picture, where it came with the case; else its whole span is asked for, so
 * that the answer is under way while its place is being built.
 */
export function beginWith(caseId: string, picture: FirstPicture | undefined): void {
  first = picture ? { caseId, picture } : null;
  ahead = null;
  if (picture) return;
  const answer = ask(caseId);
  ahead = { caseId, answer };
  // Whoever takes it hears of a failure.
  answer.catch(() => {});
}

/** The first picture of a case that was opened just now, until somebody has taken it. */
export function firstPictureOf(caseId: string): FirstPicture | null {
  return first?.caseId === caseId ? first.picture : null;
}

/** The same; nobody gets it afterwards, as the case may have grown by then. */
export function takeFirstPicture(caseId: string): FirstPicture | null {
  const taken = firstPictureOf(caseId);
  first = null;
  return taken;
}

/** The whole span of a case; once, what was asked for ahead. */
export function askOverview(caseId: string): Promise<OverviewView> {
  const taken = ahead?.caseId === caseId ? ahead.answer : null;
  ahead = null;
  return taken ?? ask(caseId);
}
