import { create } from 'zustand';
import type { Failure } from '../../shared/base/failure.ts';
import { lanesIn } from '../../shared/timeline/frame.ts';
import type { CaseInfo, CaseView, OpenedCase } from '../../shared/types/case.ts';
import type { SummaryView } from '../../shared/types/summary.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';
import { afterPaint, pageHeight } from '../bridge/page.ts';
import { goToCase, useAddress } from './address-store.ts';
import { newestLive } from './live.ts';
import { beginWith } from './overview.ts';
import { paced } from './paced.ts';
import { runTask, useTasks } from './tasks.ts';

interface OpenCase {
  readonly id: string | null;
  readonly view: CaseView | null;
  readonly summary: SummaryView | null;
  /** The phone's own zone as the first picture told it, until the summary does. */
  readonly zone: string | null;
  readonly failure: Failure | null;
  /** Grows whenever the case changed: lists that depend on it are asked for again. */
  readonly revision: number;
  /** The same at a quicker pace while a phone is acquired live, for what is drawn as it comes. */
  readonly pulse: number;
}

const none: OpenCase = { id: null, view: null, summary: null, zone: null, failure: null, revision: 0, pulse: 0 };

/** The case that the window has open. Follows the address. */
export const useCase = create<OpenCase>(() => none);

/** `known`: the case was opened just now, and only its summary is asked for. */
async function load(id: string, known = false): Promise<void> {
  const { cases, summary } = bridge().client;
  try {
    if (!known) {
      const view = await cases.view({ case: id });
      if (useCase.getState().id !== id) return;
      useCase.setState({ view, failure: null });
    }
    const sums = await summary.get({ case: id });
    if (useCase.getState().id === id) useCase.setState({ summary: sums });
  } catch (thrown) {
    if (useCase.getState().id === id) useCase.setState({ failure: failureOf(thrown) });
  }
}

function turnTo(id: string | null): void {
  if (useCase.getState().id === id) return;
  useCase.setState({ ...none, id }, true);
  if (id !== null) void load(id);
}

function beat(): void {
  useCase.setState(({ pulse }) => ({ pulse: pulse + 1 }));
}

/** Asks for the open case again, for example after the connection came back. */
export function askCaseAgain(): void {
  const { id, revision } = useCase.getState();
  if (id === null) return;
  useCase.setState({ revision: revision + 1 });
  beat();
  void loadInTurn(id);
}

let underWay: string | null = null;
let onceMore = false;

/** One asking at a time: a case that grows faster than it can be asked is asked once more afterwards. */
async function loadInTurn(id: string): Promise<void> {
  if (underWay === id) {
    onceMore = true;
    return;
  }
  underWay = id;
  do {
    onceMore = false;
    await load(id);
  } while (onceMore && useCase.getState().id === id);
  underWay = null;
}

/** A live acquisition changes the case with every look: news of it are heard no oftener than this, and lists are not asked for each time. */
const pulseMs = 1000;
const liveListMs = 5000;

function listMs(): number {
  return newestLive(useTasks.getState(), useCase.getState().id)?.state === 'running' ? liveListMs : pulseMs;
}

/** Keeps the open case in step with the address and with the engine's news; returns its own end. */
export function followCase(): () => void {
  turnTo(useAddress.getState().caseId);
  // Each that is asked for anew is drawn anew too: the beat of its own is for what comes in between.
  const askPaced = paced(askCaseAgain, listMs);
  const beatPaced = paced(beat, () => pulseMs);
  const ends = [
    useAddress.subscribe((address) => turnTo(address.caseId)),
    bridge().client.cases.on.changed((news) => {
      if (news.case !== useCase.getState().id) return;
      askPaced();
      beatPaced();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Shows a case that was just opened or made. */
function enter({ first, ...view }: OpenedCase): CaseView {
  const filled = view.events > 0;
  // Before anything is rendered anew: the engine works meanwhile.
  if (filled) beginWith(view.id, first);
  useCase.setState({ ...none, id: view.id, view, zone: first?.overview.zone ?? null }, true);
  goToCase(view.id, filled ? 'timeline' : 'phone');
  // The first picture needs nothing of the summary.
  afterPaint(() => void load(view.id, true));
  return view;
}

/** How many lanes of a first picture need their intervals: as many as the page has room for. */
const bars = () => lanesIn(pageHeight(), 'medium');

export async function openCase(path: string): Promise<CaseView> {
  return enter(await bridge().client.cases.open({ path, bars: bars() }));
}

export async function createCase(path: string, info: CaseInfo): Promise<CaseView> {
  return enter(await bridge().client.cases.create({ path, info }));
}

export async function openSample(): Promise<CaseView> {
  return enter(await runTask('sample', null, (task) => bridge().client.cases.sample({ task, bars: bars() })));
}

export async function closeCase(): Promise<void> {
  const { id } = useCase.getState();
  goToCase(null, 'cases');
  if (id !== null) await bridge().client.cases.close({ case: id });
}
