import { phoneTitle } from '../../../shared/text/phone-name.ts';
import type { DeviceView } from '../../../shared/types/device.ts';

/** What to call a phone: by the name under which it is sold, where it says one, else by its model; one that has not said its name is a phone. */
export function deviceName(device: DeviceView): string {
  const name = phoneTitle({ maker: device.maker, model: device.marketName ?? device.model }) ?? '';
  return name === '' ? 'A phone' : name;
}
