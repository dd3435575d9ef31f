import type { OverviewView } from '../../shared/types/timeline.ts';
import { bridge } from '../bridge/bridge.ts';

const BINS = 1200;

let ahead: { readonly caseId: string; readonly answer: Promise<OverviewView> } | null = null;

function ask(caseId: string): Promise<OverviewView> {
  return bridge().client.timeline.overview({ case: caseId, bins: BINS });
}

/** Asks for the whole span of a case that is about to be shown: the answer is under way while its place is being built. */
export function askOverviewAhead(caseId: string): void {
  const answer = ask(caseId);
  ahead = { caseId, answer };
  // Whoever takes it hears of a failure.
  answer.catch(() => {});
}

/** The whole span of a case; once, what was asked for ahead. */
export function askOverview(caseId: string): Promise<OverviewView> {
  const taken = ahead?.caseId === caseId ? ahead.answer : null;
  ahead = null;
  return taken ?? ask(caseId);
}
