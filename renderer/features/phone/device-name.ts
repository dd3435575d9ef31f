import { phoneTitle } from '../../../shared/text/phone-name.ts';
import type { DeviceView } from '../../../shared/types/device.ts';

/** What to call a phone; one that has not said its name is a phone. */
export function deviceName(device: DeviceView): string {
  const name = phoneTitle(device) ?? '';
  return name === '' ? 'A phone' : name;
}
