import { describe, expect, it } from 'vitest';
import { serialInService, serialTitle } from '../../../shared/text/phone-name.ts';
import { phoneProblems } from '../../../shared/types/device.ts';
import type { PhoneIdentity } from './phone-identity.ts';
import { type ListedPhone, type ListFacts, linkOf, phoneViews, stateOf } from './phone-list.ts';
import type { Surroundings } from './surroundings.ts';
import type { UsbDevice } from './usb-bus.ts';

const debian: Surroundings = { platform: 'linux', linux: 'debian', wsl: false };
const facts = (change: Partial<ListFacts> = {}): ListFacts => ({
  surroundings: debian,
  isDoubled: () => false,
  usbPortOf: () => null,
  bus: [],
  ...change,
});
const named: PhoneIdentity = {
  model: 'Redmi',
  marketName: null,
  maker: 'Xiaomi',
  android: '13',
  practice: false,
  ownSerial: 'AAA',
};
const listed = (serial: string, word: string, identity: PhoneIdentity | null = null): ListedPhone => ({
  serial,
  word,
  state: stateOf(word),
  identity,
  silent: false,
});
const view = (word: string, change: Partial<ListFacts> = {}) => phoneViews([listed('AAA', word)], facts(change))[0]!;

/** What adb's `diagnose_usb.cpp` has said over the years. */
const rules = [
  'no permissions',
  'no permissions (verify udev rules); see [http://developer.android.com/tools/device.html]',
  'no permissions (user in plugdev group; are your udev rules wrong?); see [http://developer.android.com/tools/device.html]',
  'no permissions (missing udev rules? user is in the plugdev group); see [http://developer.android.com/tools/device.html]',
];
const groups = [
  'no permissions (udev requires plugdev group membership); see [http://developer.android.com/tools/device.html]',
  'no permissions (user eve is not in the plugdev group); see [http://developer.android.com/tools/device.html]',
];

describe('a phone of the list', () => {
  it.each([
    ['device', undefined],
    ['unauthorized', 'unauthorized'],
    ['authorizing', 'authorizing'],
    ['connecting', 'connecting'],
    ['offline', 'offline'],
    ['recovery', 'recovery'],
    ['sideload', 'sideload'],
    ['rescue', 'rescue'],
    ['bootloader', 'bootloader'],
    ['detached', 'detached'],
    ['host', 'not-a-phone'],
    ['levitating', 'unknown-state'],
    ...rules.map((word) => [word, 'udev-rule'] as const),
    ...groups.map((word) => [word, 'udev-group'] as const),
  ] as [string, string | undefined][])('%s', (word, problem) => {
    const { advice, ...shown } = view(word);
    expect(shown.problem).toBe(problem);
    if (problem === undefined) expect([advice, shown.steps]).toEqual([null, undefined]);
    else expect(advice).toMatch(/\.$/);
  });

  it('needs a rule: the words are those of its distribution and of its maker’s USB id', () => {
    const device: UsbDevice = {
      port: '1-2',
      vendorId: '2717',
      productId: 'ff48',
      product: null,
      serial: null,
      interfaces: [],
    };
    const steps = (linux: Surroundings['linux'], bus: UsbDevice[] = []) =>
      view(rules[1]!, { surroundings: { ...debian, linux }, bus, usbPortOf: () => '1-2' }).steps!.join('\n');
    expect(steps('debian')).toContain('apt install android-sdk-platform-tools-common');
    expect(steps('fedora')).toContain('dnf install android-tools');
    expect(steps('arch')).toContain('pacman -S android-udev');
    expect(steps('other', [device])).toContain('SUBSYSTEM=="usb", ATTR{idVendor}=="2717", MODE="0660", TAG+="uaccess"');
    expect(steps('other')).toContain('ENV{ID_USB_INTERFACES}=="*:ff420?:*"');
    expect(view(groups[1]!).steps!.join('\n')).toContain('usermod -aG plugdev');
  });

  it('that shares its serial with another is told so, whatever else it is', () => {
    const shown = view('device', { isDoubled: (serial) => serial === 'AAA' });
    expect(shown).toMatchObject({ problem: 'same-serial', advice: expect.stringContaining('unplug one') });
  });

  it('that is listed by cable and over the network is told so on both lines', () => {
    const service = 'adb-AAA-x7Yz9k._adb-tls-connect._tcp';
    const phones = [
      listed('AAA', 'device', named),
      listed('192.168.1.5:5555', 'device', named),
      listed('BBB', 'device', { ...named, ownSerial: 'BBB' }),
    ];
    expect(
      phoneViews(phones, facts()).map(({ problem, advice }) => [problem, advice?.match(/as (\S+):/)?.[1]]),
    ).toEqual([
      ['listed-twice', '192.168.1.5:5555'],
      ['listed-twice', 'AAA'],
      [undefined, undefined],
    ]);
    // By its name alone, before it has said who it is.
    const unasked = [listed('AAA', 'unauthorized'), listed(service, 'device')];
    expect(phoneViews(unasked, facts()).map(({ problem }) => problem)).toEqual(['unauthorized', 'listed-twice']);
  });

  it('is told how it is reached', () => {
    expect(['AAA', '????????????', 'emulator-5554', '10.0.0.1:5555', '[::1]:5555'].map(linkOf)).toEqual([
      'usb',
      'usb',
      'emulator',
      'network',
      'network',
    ]);
    for (const name of ['adb-AAA-x7Yz9k', 'adb-AAA-x7Yz9k (2)']) {
      const service = `${name}._adb-tls-connect._tcp`;
      expect([linkOf(service), serialInService(service)]).toEqual(['network', 'AAA']);
    }
    expect(serialInService('AAA')).toBeNull();
    expect(['AAA', 'adb-AAA-x7Yz9k._adb-tls-connect._tcp'].map(serialTitle)).toEqual(['AAA', 'AAA, over Wi-Fi']);
  });

  it('over the network is not told to be plugged in again', () => {
    for (const word of ['unauthorized', 'offline']) {
      const [network] = phoneViews([listed('10.0.0.1:5555', word)], facts());
      expect(network!.advice).toContain('connect to it again');
      expect(view(word).advice).toContain('plug it in again');
    }
  });

  it('is given steps for every problem that there is, but where the sentence says all', async () => {
    const { phoneSteps } = await import('../../../shared/text/phone-steps.ts');
    const bare = phoneProblems.filter(
      (problem) => phoneSteps(problem, { platform: 'linux', linux: 'other', vendorId: null, maker: null }).length === 0,
    );
    expect(bare).toEqual(['not-a-phone', 'no-adb']);
  });
});
