import type { PhoneProblem } from '../types/device.ts';

/** What a phone on the bus is called in a sentence: `A Xiaomi phone (Redmi Note 12)`. */
function named(maker: string | null, product: string | null): string {
  const name = maker === null ? 'A phone' : `${/^[aeiou]/i.test(maker) ? 'An' : 'A'} ${maker} phone`;
  return product === null ? name : `${name} (${product})`;
}

/** One sentence about a phone that is on the USB bus and not in adb's list. `product` is what it calls itself, made plain before. */
export function usbAdvice(problem: PhoneProblem, maker: string | null, product: string | null): string {
  const phone = named(maker, product);
  switch (problem) {
    case 'debugging-off':
      return `${phone} is on the cable and offers no debugging, so that adb cannot see it: unlock it, switch on USB debugging in its developer options, and plug it in again.`;
    case 'bootloader':
      return `${phone} is on the cable and shows its bootloader (fastboot), where there is nothing to acquire: restart it into Android.`;
    case 'download-mode':
      return `${phone} is on the cable in a mode for the maker’s tools, without Android: restart it into Android.`;
    case 'no-adb':
      return `${phone} is on the cable; adb is needed to reach it.`;
    default:
      return `${phone} is on the cable with debugging switched on, and adb does not list it: unplug it and plug it in again, and close other programs that talk to phones.`;
  }
}
