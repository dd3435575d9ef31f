/** Path of Electron's own program where it is installed, else null. */
export function electronBinary(env?: Readonly<Record<string, string | undefined>>): string | null;
/** Why no Electron window can be opened here, as a clause; null where one can. */
export function whyNoWindow(
  env?: Readonly<Record<string, string | undefined>>,
  platform?: string,
  uid?: number,
): string | null;
/** Electron's program, fetched where it is not there yet and can be had without waiting long; else null. */
export function fetchElectron(): Promise<string | null>;
