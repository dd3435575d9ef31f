/**
 * What makers put in the way of USB debugging, beyond what every Android does. Menus differ by a word between versions.
 * A maker that is not here has no hint.
 */
const hints: Readonly<Record<string, readonly string[]>> = {
  samsung: [
    'Samsung: where the switch is grey, “Auto Blocker” (Settings › Security and privacy) holds it. It blocks commands by cable, in its highest mode all of USB, and newer systems switch it on again after half an hour.',
  ],
  xiaomi: [
    'Xiaomi, Redmi, POCO: “USB debugging (Security settings)” is not needed for reading; no Mi Account and no SIM card either.',
  ],
  huawei: [
    'Huawei, Honor: where it switches itself off again, switch on “Allow ADB debugging in charge only mode” too.',
  ],
  google: [
    'With Advanced Protection of Android 16 on, a locked phone offers no data by cable: unlock it before the cable goes in.',
  ],
};

/** Steps that belong to one maker, by the name that a phone or its USB id gives (`Xiaomi`, `HUAWEI`); empty where there are none. */
export function makerHint(maker: string | null): string[] {
  const name = (maker ?? '').toLowerCase();
  const key = ['redmi', 'poco'].includes(name) ? 'xiaomi' : name === 'honor' ? 'huawei' : name;
  return Object.hasOwn(hints, key) ? [...hints[key]!] : [];
}
