import { phoneSteps } from '../../../shared/text/phone-steps.ts';
import { usbAdvice } from '../../../shared/text/usb-advice.ts';
import type { PhoneProblem, UsbPhoneView } from '../../../shared/types/device.ts';
import type { Surroundings } from './surroundings.ts';
import type { UsbDevice } from './usb-bus.ts';
import { isDownloadMode, usbVendor } from './usb-vendors.ts';

/** Android's interfaces (`adb.h`, `fastboot`): vendor specific, sub-class 42, protocol 01 for adb and 03 for fastboot. */
const adbInterface = 'ff4201';
const fastbootInterface = 'ff4203';
/** Still imaging, which files (MTP) and pictures (PTP) come under. */
const imagingInterface = '060101';
/** Tethering (RNDIS, NCM) and mass storage. */
const networkOrStorage = /^(e00103|020d|08)/;

/**
 * What a device on the bus is, if it is a phone: the problem that keeps adb from it. Null for what is no phone, or cannot be
 * told from a camera, a stick or a headset.
 */
export function usbProblem(device: UsbDevice): PhoneProblem | null {
  const has = (kind: string) => device.interfaces.some((one) => one.kind === kind);
  if (has(adbInterface)) return 'unseen';
  if (has(fastbootInterface)) return 'bootloader';
  const vendor = usbVendor(device.vendorId);
  if (!vendor) return null;
  const files = has(imagingInterface) || device.interfaces.some(({ name }) => /^mtp$/i.test(name ?? ''));
  if (!files && isDownloadMode(device.vendorId, device.productId)) return 'download-mode';
  if (vendor.products && !vendor.products.test(device.productId)) return null;
  if (files) return 'debugging-off';
  return vendor.phonesOnly && device.interfaces.some(({ kind }) => networkOrStorage.test(kind))
    ? 'debugging-off'
    : null;
}

/** The maker that a device's vendor id belongs to, or null. */
export function usbMaker(device: UsbDevice): string | null {
  return usbVendor(device.vendorId)?.maker ?? null;
}

/** What adb's list says of where a phone is. */
export interface ListedOnUsb {
  readonly serial: string;
  readonly usbPort: string | null;
}

/** The device on the bus that a phone of adb's list is, or null: by its place, else by its serial. */
export function deviceOf(phone: ListedOnUsb, bus: readonly UsbDevice[]): UsbDevice | null {
  return bus.find(({ port }) => port === phone.usbPort) ?? bus.find(({ serial }) => serial === phone.serial) ?? null;
}

/** Phones on the bus that adb does not list. `works`: there is an adb that lists phones at all. */
export function usbPhones(
  bus: readonly UsbDevice[],
  listed: readonly ListedOnUsb[],
  works: boolean,
  surroundings: Surroundings,
): UsbPhoneView[] {
  const seen = new Set(listed.map((phone) => deviceOf(phone, bus)?.port));
  return bus.flatMap((device) => {
    const found = usbProblem(device);
    if (found === null || seen.has(device.port)) return [];
    // Without adb it is not known what adb would see.
    const problem = found === 'unseen' && !works ? 'no-adb' : found;
    const maker = usbMaker(device);
    const { port, vendorId, productId, product, serial } = device;
    const facts = { platform: surroundings.platform, linux: surroundings.linux, vendorId, maker };
    return [
      {
        port,
        vendorId,
        productId,
        maker,
        product,
        serial,
        problem,
        advice: usbAdvice(problem, maker, product),
        steps: phoneSteps(problem, facts),
      },
    ];
  });
}
