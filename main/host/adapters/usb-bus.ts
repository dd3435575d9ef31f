import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainText } from '../../../shared/text/plain-text.ts';

/** One interface that a USB device offers: its three class numbers as two hexadecimal digits each, joined: `ff4201`. */
export interface UsbInterface {
  readonly kind: string;
  /** What the device calls it, or null. */
  readonly name: string | null;
}

/** One device on the USB bus. Texts come from the device and are made plain. */
export interface UsbDevice {
  /** `1-2.4`, as the kernel and adb name it. */
  readonly port: string;
  readonly vendorId: string;
  readonly productId: string;
  readonly product: string | null;
  readonly serial: string | null;
  readonly interfaces: readonly UsbInterface[];
}

const folderOfLinux = '/sys/bus/usb/devices';
const longestName = 80;
const mostDevices = 256;

/**
 * Reads which devices are on the USB bus, from the files in which Linux tells it (Documentation/ABI/testing/sysfs-bus-usb).
 * Reads only, and nothing of the devices themselves. Devices that were there before are not read anew.
 */
export class UsbBus {
  readonly #folder: string;
  /** By port, number on the bus and number of interfaces: a phone that changes its mode gets a new number. */
  #known = new Map<string, UsbDevice>();

  /** `folder` stands for `/sys/bus/usb/devices` in tests. */
  constructor(folder: string = folderOfLinux) {
    this.#folder = folder;
  }

  /** The devices, hubs of the computer itself left out; null where this system does not tell. */
  async read(): Promise<readonly UsbDevice[] | null> {
    const names = await readdir(this.#folder).catch(() => null);
    if (names === null) return null;
    const now = new Map<string, UsbDevice>();
    const ports = names.filter((name) => /^\d+-[\d.]+$/.test(name)).slice(0, mostDevices);
    await Promise.all(
      ports.map(async (port) => {
        const parts = names.filter((name) => name.startsWith(`${port}:`));
        const key = `${port}:${await this.#text(port, 'devnum')}:${parts.length}`;
        const device = this.#known.get(key) ?? (await this.#device(port, parts));
        if (device) now.set(key, device);
      }),
    );
    this.#known = now;
    return [...now.values()].sort((a, b) => a.port.localeCompare(b.port, 'en', { numeric: true }));
  }

  async #device(port: string, parts: readonly string[]): Promise<UsbDevice | null> {
    const [vendorId, productId, product, serial] = await Promise.all(
      ['idVendor', 'idProduct', 'product', 'serial'].map((file) => this.#text(port, file)),
    );
    // It went away while it was read.
    if (!vendorId || !productId) return null;
    const interfaces = await Promise.all(
      parts.map(async (part) => {
        const kinds = ['bInterfaceClass', 'bInterfaceSubClass', 'bInterfaceProtocol'];
        const kind = await Promise.all(kinds.map((file) => this.#text(part, file)));
        return { kind: kind.join('').toLowerCase(), name: (await this.#text(part, 'interface')) ?? null };
      }),
    );
    return {
      port,
      vendorId: vendorId.toLowerCase(),
      productId: productId.toLowerCase(),
      product: product ?? null,
      serial: serial ?? null,
      interfaces,
    };
  }

  async #text(folder: string, file: string): Promise<string | null> {
    const text = await readFile(join(this.#folder, folder, file), 'utf8').catch(() => null);
    const plain = text === null ? '' : plainText(text.trim(), longestName);
    return plain === '' ? null : plain;
  }
}
