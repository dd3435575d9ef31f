import { create } from 'zustand';
import { onHash, readHash, writeHash } from '../bridge/page.ts';
import { type Address, formatAddress, home, type PlaceName, parseAddress, type ViewAddress } from './address.ts';

/** Where the window stands. Written to the page's address, so that back, forward and copying work. */
export const useAddress = create<Address>(() => home);

/** Reads the page's address and follows it; returns its own end. */
export function followAddress(): () => void {
  useAddress.setState(parseAddress(readHash()), true);
  return onHash(() => useAddress.setState(parseAddress(readHash()), true));
}

/** What the address says is what stands: values that it leaves out are left out of the view too. */
function set(address: Address, replace: boolean): void {
  const hash = formatAddress(address);
  writeHash(hash, replace);
  useAddress.setState(parseAddress(hash), true);
}

/** Goes to a place of the open case, or of none. */
export function go(place: PlaceName, view: ViewAddress = {}): void {
  set({ ...useAddress.getState(), place, view }, false);
}

/** Goes into a case, or out of all of them with null. */
export function goToCase(caseId: string | null, place: PlaceName, replace = false): void {
  set({ caseId, place, view: {} }, replace);
}

/** Changes the query of the place that stands; `replace` (the default) makes no step for the back button. */
export function setView(view: ViewAddress, replace = true): void {
  set({ ...useAddress.getState(), view }, replace);
}

/** The address of a place, for links. */
export function hrefOf(place: PlaceName, view: ViewAddress = {}): string {
  return `#${formatAddress({ caseId: useAddress.getState().caseId, place, view })}`;
}
