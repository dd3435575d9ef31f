import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsbBus } from './usb-bus.ts';
import { usbPhones, usbProblem } from './usb-phones.ts';
import { UsbWatch } from './usb-watch.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'phonehome-usb-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const debian = { platform: 'linux', linux: 'debian', wsl: false } as const;

/** A device as `/sys/bus/usb/devices` shows it; interfaces as `ff4201 ADB Interface`. */
function plug(port: string, ids: string, interfaces: readonly string[], texts: Readonly<Record<string, string>> = {}) {
  const [idVendor, idProduct] = ids.split(':');
  const write = (name: string, files: Readonly<Record<string, string | undefined>>) => {
    mkdirSync(join(folder, name), { recursive: true });
    for (const [file, text] of Object.entries(files)) {
      if (text !== undefined) writeFileSync(join(folder, name, file), `${text}\n`);
    }
  };
  write(port, { idVendor, idProduct, devnum: '7', ...texts });
  interfaces.forEach((one, at) => {
    const [kind = '', ...name] = one.split(' ');
    write(`${port}:1.${at}`, {
      bInterfaceClass: kind.slice(0, 2),
      bInterfaceSubClass: kind.slice(2, 4),
      bInterfaceProtocol: kind.slice(4, 6),
      interface: name.length > 0 ? name.join(' ') : undefined,
    });
  });
}

const problemAt = async (port: string) => {
  const device = (await new UsbBus(folder).read())?.find((one) => one.port === port);
  return device ? usbProblem(device) : 'not there';
};

describe('phones on the USB bus', () => {
  it.each([
    ['a Xiaomi with files and debugging', '2717:ff48', ['060101 MTP', 'ff4201 ADB Interface'], 'unseen'],
    ['a Xiaomi with files only', '2717:ff40', ['060101 MTP'], 'debugging-off'],
    ['an old phone that calls its files MTP', '0bb4:0c02', ['ffff00 MTP'], 'debugging-off'],
    ['a Samsung with files and a modem', '04e8:6860', ['060101', '020201', '0a0000'], 'debugging-off'],
    ['a Pixel for pictures', '18d1:4ee5', ['060101'], 'debugging-off'],
    ['a OnePlus that lends its network', '2a70:f00e', ['e00103', '0a0000'], 'debugging-off'],
    ['a phone of a maker that is not known, with debugging', '1234:5678', ['ff4201'], 'unseen'],
    ['a Pixel in its bootloader', '18d1:4ee0', ['ff4203 fastboot'], 'bootloader'],
    ['a Samsung in Download mode', '04e8:685d', ['020201', '0a0000'], 'download-mode'],
    ['a Qualcomm chip in emergency mode', '05c6:9008', ['ffffff'], 'download-mode'],
    ['a MediaTek chip before its start', '0e8d:2000', ['020201', '0a0000'], 'download-mode'],
    ['a Samsung printer', '04e8:3301', ['070102', '060101'], null],
    ['a Samsung camera', '04e8:1384', ['060101'], null],
    ['a camera of somebody else', '04a9:3270', ['060101'], null],
    ['a Xiaomi headset', '2717:3801', ['010100', '030000'], null],
    ['an LTE stick of Huawei', '12d1:1506', ['ff0201', '080650'], null],
    ['a keyboard', '046d:c31c', ['030101'], null],
    ['a hub', '1d6b:0002', ['090000'], null],
  ])('%s', async (_, ids, interfaces, problem) => {
    plug('1-2', ids, interfaces);
    expect(await problemAt('1-2')).toBe(problem);
  });

  it('are read with their places, names and serials, made plain', async () => {
    plug('1-2', '2717:FF40', ['060101 MTP'], { product: 'Redmi\u001b[2J', serial: '8f3a12bc' });
    plug('3-1.4', '046d:c31c', ['030101']);
    mkdirSync(join(folder, 'usb1'));
    expect(await new UsbBus(folder).read()).toMatchObject([
      { port: '1-2', vendorId: '2717', productId: 'ff40', product: 'Redmi[U+001B][2J', serial: '8f3a12bc' },
      { port: '3-1.4', product: null, serial: null },
    ]);
  });

  it('are not known where the system does not tell', async () => {
    expect(await new UsbBus(join(folder, 'nothing')).read()).toBeNull();
  });

  it('are read anew when their mode changes', async () => {
    const bus = new UsbBus(folder);
    plug('1-2', '2717:ff40', ['060101 MTP']);
    await bus.read();
    plug('1-2', '2717:ff48', ['060101 MTP', 'ff4201'], { devnum: '8' });
    expect(await bus.read()).toMatchObject([{ productId: 'ff48', interfaces: [{ name: 'MTP' }, { kind: 'ff4201' }] }]);
    rmSync(join(folder, '1-2'), { recursive: true });
    expect(await bus.read()).toEqual([]);
  });

  it('are shown only where adb does not list them, by place or by serial', async () => {
    plug('1-1', '2717:ff48', ['ff4201'], { serial: 'AAA' });
    plug('1-2', '2a70:9011', ['ff4201'], { serial: 'BBB' });
    plug('1-3', '22d9:2764', ['060101'], { serial: 'CCC', product: 'CPH2451' });
    const bus = (await new UsbBus(folder).read())!;
    const listed = [
      { serial: 'AAA', usbPort: null },
      { serial: '????????????', usbPort: '1-2' },
    ];
    const shown = usbPhones(bus, listed, true, debian);
    expect(shown).toMatchObject([{ port: '1-3', maker: 'OPPO', product: 'CPH2451', problem: 'debugging-off' }]);
    expect(shown[0]!.advice).toMatch(/^An OPPO phone \(CPH2451\) is on the cable and offers no debugging/);
    expect(shown[0]!.steps.length).toBeGreaterThan(2);
    // Without an adb that works nothing is known of what adb would see.
    expect(usbPhones(bus, [], false, debian).map(({ problem }) => problem)).toEqual([
      'no-adb',
      'no-adb',
      'debugging-off',
    ]);
  });

  it('are shown after a moment, and not while they come and go', async () => {
    const watch = new UsbWatch(debian, folder);
    plug('1-2', '2717:ff48', ['ff4201'], { serial: 'AAA' });
    await watch.read();
    expect(watch.phones([], true, 1000)).toEqual({ phones: [], pending: true });
    expect(watch.phones([{ serial: 'AAA', usbPort: null }], true, 2000)).toEqual({ phones: [], pending: false });
    expect(watch.phones([], true, 9000).phones).toEqual([]);
    expect(watch.phones([], true, 11_000)).toMatchObject({ phones: [{ problem: 'unseen' }], pending: false });
  });
});
