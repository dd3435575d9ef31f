import { followAddress } from './address-store.ts';
import { followCase } from './case.ts';
import { followLive } from './live.ts';
import { followLook } from './look.ts';
import { followPhones } from './phones.ts';
import { followTasks } from './tasks.ts';

/** Starts everything that the window follows, before its first picture. Returns its own end. */
export function startState(): () => void {
  const ends = [followLook(), followAddress(), followTasks(), followLive(), followPhones(), followCase()];
  return () => {
    for (const end of ends) end();
  };
}
