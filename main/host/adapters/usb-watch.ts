import type { UsbPhoneView } from '../../../shared/types/device.ts';
import type { Surroundings } from './surroundings.ts';
import { UsbBus, type UsbDevice } from './usb-bus.ts';
import { type ListedOnUsb, usbPhones } from './usb-phones.ts';

/** A phone that was just plugged in changes its mode once or twice before adb sees it, and leaves adb's list before the bus. */
const graceMs = 1500;

/** Phones on the USB bus that adb does not list, once they have been so for a moment. */
export class UsbWatch {
  readonly #bus: UsbBus;
  readonly #surroundings: Surroundings;
  #devices: readonly UsbDevice[] | null = null;
  /** Since when a phone is on the bus without being listed, by place and ids; milliseconds. */
  #since = new Map<string, number>();

  constructor(surroundings: Surroundings, folder?: string) {
    this.#surroundings = surroundings;
    this.#bus = new UsbBus(folder);
  }

  /** The devices of the last reading; empty where the system does not tell. */
  get devices(): readonly UsbDevice[] {
    return this.#devices ?? [];
  }

  /** Whether this system tells what is on the bus; false before the first reading. */
  get tells(): boolean {
    return this.#devices !== null;
  }

  async read(): Promise<void> {
    this.#devices = await this.#bus.read();
  }

  /** Those to show at this time (milliseconds), and whether more may be shown in a moment. */
  phones(
    listed: readonly ListedOnUsb[],
    works: boolean,
    at: number,
  ): { readonly phones: UsbPhoneView[]; readonly pending: boolean } {
    const unlisted = usbPhones(this.devices, listed, works, this.#surroundings);
    const key = ({ port, vendorId, productId }: UsbPhoneView) => `${port} ${vendorId}:${productId}`;
    this.#since = new Map(unlisted.map((phone) => [key(phone), this.#since.get(key(phone)) ?? at]));
    const phones = unlisted.filter((phone) => at - this.#since.get(key(phone))! >= graceMs);
    return { phones, pending: phones.length < unlisted.length };
  }
}
