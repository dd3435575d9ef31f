/** Maker and model in one name; the maker is not said twice. Null where neither is known. */
export function phoneTitle(phone: { readonly maker: string | null; readonly model: string | null }): string | null {
  const { maker, model } = phone;
  if (!model) return maker || null;
  return maker && !model.toLowerCase().startsWith(maker.toLowerCase()) ? `${maker} ${model}` : model;
}

/**
 * The phone's own serial in the name under which adb lists a phone that it found by mDNS
 * (`adb-R58M12ABC-x7Yz9k._adb-tls-connect._tcp`), or null for any other name. A second one of the same name carries a number in
 * brackets.
 */
export function serialInService(name: string): string | null {
  return /^adb-(.+)-[A-Za-z0-9]{6}(?: \(\d+\))?\._adb-tls-connect\._tcp\.?$/.exec(name)?.[1] ?? null;
}

/** What people call a phone's name in adb's list: the serial that is inside of a long one, else the name itself. */
export function serialTitle(serial: string): string {
  const own = serialInService(serial);
  return own === null ? serial : `${own}, over Wi-Fi`;
}
