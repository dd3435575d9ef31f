import { create } from 'zustand';
import type { Failure } from '../../shared/base/failure.ts';
import type { CaseInfo, CaseView } from '../../shared/types/case.ts';
import type { SummaryView } from '../../shared/types/summary.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';
import { goToCase, useAddress } from './address-store.ts';
import { runTask } from './tasks.ts';

interface OpenCase {
  readonly id: string | null;
  readonly view: CaseView | null;
  readonly summary: SummaryView | null;
  readonly failure: Failure | null;
  /** Grows whenever the case changed: lists that depend on it are asked for again. */
  readonly revision: number;
}

const none: OpenCase = { id: null, view: null, summary: null, failure: null, revision: 0 };

/** The case that the window has open. Follows the address. */
export const useCase = create<OpenCase>(() => none);

async function load(id: string): Promise<void> {
  const { cases, summary } = bridge().client;
  try {
    const view = await cases.view({ case: id });
    if (useCase.getState().id !== id) return;
    useCase.setState({ view, failure: null });
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

/** Asks for the open case again, for example after the connection came back. */
export function askCaseAgain(): void {
  const { id, revision } = useCase.getState();
  if (id === null) return;
  useCase.setState({ revision: revision + 1 });
  void load(id);
}

/** Keeps the open case in step with the address and with the engine's news; returns its own end. */
export function followCase(): () => void {
  turnTo(useAddress.getState().caseId);
  const ends = [
    useAddress.subscribe((address) => turnTo(address.caseId)),
    bridge().client.cases.on.changed((news) => {
      if (news.case === useCase.getState().id) askCaseAgain();
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Shows a case that was just opened or made. */
function enter(view: CaseView): CaseView {
  useCase.setState({ ...none, id: view.id, view }, true);
  void load(view.id);
  goToCase(view.id, view.events > 0 ? 'timeline' : 'phone');
  return view;
}

export async function openCase(path: string): Promise<CaseView> {
  return enter(await bridge().client.cases.open({ path }));
}

export async function createCase(path: string, info: CaseInfo): Promise<CaseView> {
  return enter(await bridge().client.cases.create({ path, info }));
}

export async function openSample(): Promise<CaseView> {
  return enter(await runTask('sample', null, (task) => bridge().client.cases.sample({ task })));
}

export async function closeCase(): Promise<void> {
  const { id } = useCase.getState();
  goToCase(null, 'cases');
  if (id !== null) await bridge().client.cases.close({ case: id });
}
