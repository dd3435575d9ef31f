import { create } from 'zustand';
import type { Failure } from '../../shared/base/failure.ts';
import type { PhoneLook } from '../../shared/types/device.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';
import { runTask } from './tasks.ts';

interface Offer {
  readonly caseId: string | null;
  /** The phone that was asked; what it offers is nothing about another one. */
  readonly serial: string | null;
  readonly running: boolean;
  readonly found: PhoneLook | null;
  readonly failure: Failure | null;
  /** What the examiner chose of it: paths of files, names of packages. Nothing is chosen beforehand. */
  readonly files: ReadonlySet<string>;
  readonly apks: ReadonlySet<string>;
}

const none: Offer = {
  caseId: null,
  serial: null,
  running: false,
  found: null,
  failure: null,
  files: new Set(),
  apks: new Set(),
};

/** What the phone said that it offers beyond the usual. Stays while the person looks at another place. */
export const useOffer = create<Offer>(() => none);

/** Asks the phone; with `root` for a root shell too. What was chosen of an earlier answer and is there still stays chosen. Never rejects. */
export async function lookAtPhone(caseId: string, serial: string, root: boolean): Promise<void> {
  const before = useOffer.getState();
  const kept = before.serial === serial && before.caseId === caseId ? before : none;
  useOffer.setState({ ...kept, caseId, serial, running: true, failure: null });
  try {
    const found = await runTask('look', caseId, (task) =>
      bridge().client.phones.look({ case: caseId, task, serial, ...(root && { root }) }),
    );
    if (!isOf(useOffer.getState(), caseId, serial)) return;
    const there = { files: new Set(found.files.map((file) => file.path)), apps: new Set(found.apps.map(packageOf)) };
    useOffer.setState(({ files, apks }) => ({
      running: false,
      found,
      files: new Set([...files].filter((path) => there.files.has(path))),
      apks: new Set([...apks].filter((name) => there.apps.has(name))),
    }));
  } catch (thrown) {
    if (isOf(useOffer.getState(), caseId, serial)) useOffer.setState({ running: false, failure: failureOf(thrown) });
  }
}

const packageOf = (app: PhoneLook['apps'][number]) => app.package;

/** Whether what stands in the store is about this phone in this case. */
export function isOf(offer: Pick<Offer, 'caseId' | 'serial'>, caseId: string, serial: string): boolean {
  return offer.caseId === caseId && offer.serial === serial;
}

export function chooseFiles(files: ReadonlySet<string>): void {
  useOffer.setState({ files });
}

export function chooseApks(apks: ReadonlySet<string>): void {
  useOffer.setState({ apks });
}

export function putOfferAway(): void {
  useOffer.setState(none);
}
