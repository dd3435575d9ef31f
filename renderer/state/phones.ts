import { create } from 'zustand';
import type { Failure } from '../../shared/base/failure.ts';
import type { PhonesView } from '../../shared/types/device.ts';
import { bridge } from '../bridge/bridge.ts';
import { failureOf } from '../bridge/failures.ts';

interface Phones {
  readonly view: PhonesView | null;
  readonly failure: Failure | null;
}

/** The phones that adb sees, live. Null until the first answer. */
export const usePhones = create<Phones>(() => ({ view: null, failure: null }));

/** Asks once more, for example after the connection came back. */
export async function askPhones(): Promise<void> {
  try {
    usePhones.setState({ view: await bridge().client.phones.list(null), failure: null });
  } catch (thrown) {
    usePhones.setState({ failure: failureOf(thrown) });
  }
}

/** Asks once and follows every change; returns its own end. */
export function followPhones(): () => void {
  const end = bridge().client.phones.on.changed((view) => usePhones.setState({ view, failure: null }));
  void askPhones();
  return end;
}
