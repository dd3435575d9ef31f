import type { DeviceView, PhoneProblem } from '../types/device.ts';
import { makerHint } from './maker-hints.ts';

/** Families of Linux that hand out rules for phones in their own way. */
export const linuxFamilies = ['debian', 'fedora', 'arch', 'suse', 'other'] as const;
export type LinuxFamily = (typeof linuxFamilies)[number];

/** What is known of the computer and the phone when steps are chosen. */
export interface StepFacts {
  /** The operating system as Node names it. */
  readonly platform: string;
  readonly linux: LinuxFamily | null;
  /** USB vendor id of the phone, four hexadecimal digits, or null where the bus was not read. */
  readonly vendorId: string | null;
  readonly maker: string | null;
  /** Absent: by cable. */
  readonly link?: DeviceView['link'];
}

const writeDown = 'Write down what you changed on the phone, and when.';
const replug = 'Unplug the phone and plug it in again.';
const noWipe = 'Choose nothing that wipes, resets or unlocks.';

/** The rule that opens the port of one maker's phones to whoever sits at the computer; a number below 73, where `uaccess` is read. */
export function udevRule(vendorId: string | null): string {
  const match = vendorId === null ? 'ENV{ID_USB_INTERFACES}=="*:ff420?:*"' : `ATTR{idVendor}=="${vendorId}"`;
  return `SUBSYSTEM=="usb", ${match}, MODE="0660", TAG+="uaccess"`;
}

function udevPackage(linux: LinuxFamily | null): string | null {
  switch (linux) {
    case 'debian':
      return 'Debian, Ubuntu and their like: sudo apt install android-sdk-platform-tools-common';
    case 'fedora':
      return 'Fedora and its like: sudo dnf install android-tools, which brings the rules.';
    case 'arch':
      return 'Arch and its like: sudo pacman -S android-udev';
    default:
      return null;
  }
}

function udevSteps({ linux, vendorId }: StepFacts): string[] {
  const fromPackage = udevPackage(linux);
  const own = `put the line ${udevRule(vendorId)} into /etc/udev/rules.d/51-android.rules`;
  return [
    ...(fromPackage === null ? [] : [fromPackage]),
    fromPackage === null ? `As root, ${own}.` : `If that does not help: as root, ${own}.`,
    'sudo udevadm control --reload, then unplug the phone and plug it in again.',
    'Still the same: end the adb server with “adb kill-server” where no other program needs it; one that was started before the rule may keep what it saw.',
  ];
}

const unauthorizedSteps: readonly string[] = [
  'Keep the screen unlocked and look for “Allow USB debugging?”. Leave “Always allow” unticked: one examination needs no more.',
  'No question: unplug the phone and plug it in again with the screen unlocked; some phones ask only once “File transfer” is chosen in the USB notice.',
  'Another user of the phone is in front: change to the first user, the owner. Android asks no other.',
  'Still none: “Revoke USB debugging authorisations” in the developer options, then switch USB debugging off and on. The phone then asks anew.',
  writeDown,
];

/** What to try about a problem, one act a line, in the order in which it is worth trying. Commands stand as they are typed. */
export function phoneSteps(problem: PhoneProblem, facts: StepFacts): string[] {
  switch (problem) {
    case 'unauthorized':
    case 'authorizing':
      return [...unauthorizedSteps];
    case 'connecting':
      return ['This takes a few seconds.'];
    case 'offline':
      if (facts.link === 'network') {
        return [
          'Unlock the phone and keep its screen on: many switch their Wi-Fi off while they sleep.',
          'Look at “Wireless debugging” again: its port changes each time it is switched on.',
          'By cable it is safer: a long acquisition survives a weak network only with gaps.',
        ];
      }
      return [
        'Unlock the phone and keep its screen on.',
        'Unplug it and plug it in again; try another port, without a hub, and another cable.',
        'Restart the phone only if nothing else helps, and write it down: a restart ends counters that run since boot.',
      ];
    case 'silent':
      return [
        'Unlock the phone and keep its screen on.',
        'Unplug it and plug it in again; try another port, without a hub, and another cable.',
        'Switch USB debugging off and on in the developer options.',
        'Restart the phone only if nothing else helps, and write it down: a restart ends counters that run since boot.',
      ];
    case 'udev-rule':
      return udevSteps(facts);
    case 'udev-group':
      return [
        'sudo usermod -aG plugdev "$USER"',
        'Log out of this computer and in again: a group counts from the next login on.',
        replug,
      ];
    case 'recovery':
      return ['Choose “Reboot system now” with the volume and power keys.', noWipe];
    case 'sideload':
      return ['Leave the mode on the phone, then choose “Reboot system now”.', noWipe];
    case 'rescue':
      return ['Choose “Reboot system now” on the phone.', noWipe];
    case 'bootloader':
      return [
        'Choose “Start” with the volume keys and press the power key.',
        'Do not unlock the bootloader: that erases the phone.',
      ];
    case 'download-mode':
      return [
        'Take the cable away and hold the power key for fifteen seconds, with volume down where that alone does nothing.',
        'Use no tool that writes to the phone in this mode.',
      ];
    case 'detached':
    case 'unknown-state':
      return [replug];
    case 'not-a-phone':
      return [];
    case 'same-serial':
      return ['Leave one of the two on the cable and acquire it; then the other, into a case of its own.'];
    case 'listed-twice':
      return ['Take the one on the cable where there is one: it is faster, and nothing passes a network.'];
    case 'debugging-off':
      return [
        'Unlock the phone, then unplug it and plug it in again: a phone that is locked may offer only charging.',
        'Switch on “USB debugging” in the developer options.',
        ...makerHint(facts.maker),
        'Then look for “Allow USB debugging?” on its screen.',
        writeDown,
      ];
    case 'unseen':
      return [
        replug,
        'Close programs that talk to phones by themselves (tools of the maker, other forensic tools, a browser page with WebUSB): one program at a time can hold the port.',
        ...(facts.platform === 'linux' ? ['In a virtual machine: hand the phone’s USB device through to it.'] : []),
      ];
    case 'no-adb':
      return [];
  }
}

/** What to check where no phone is seen at all, by operating system as Node names it. */
export function noPhoneSteps(platform: string, wsl = false): string[] {
  const steps = [
    'Use a cable that carries data: many only charge. Try another port, without a hub.',
    'Unlock the phone. In its USB notice choose “File transfer”.',
    'Switch on “USB debugging” in the developer options.',
  ];
  if (wsl) {
    steps.push(
      'This Linux runs inside Windows, which keeps the USB ports: use the program under Windows, or hand the phone over with “usbipd attach --wsl”.',
    );
  } else if (platform === 'win32') {
    steps.push(
      'Open the Device Manager: a phone with a warning sign, or under “Portable Devices” only, lacks a driver for debugging. Install the maker’s USB driver or Google’s, then plug the phone in again.',
    );
  } else if (platform === 'darwin') {
    steps.push(
      'Allow the accessory where macOS asks about it, and look for the phone in “System Information”, USB: what is not there has no data line.',
    );
  }
  return steps;
}
