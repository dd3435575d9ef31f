import { describe, expect, it } from 'vitest';
import { bridgeSteps } from '../../../shared/text/adb-advice.ts';
import { phoneSteps } from '../../../shared/text/phone-steps.ts';
import { stepParts } from './step-parts.ts';

describe('commands in the steps', () => {
  it('are told from the words around them, and nothing is lost', () => {
    const facts = { platform: 'linux', linux: 'debian', vendorId: '2717', maker: null } as const;
    const steps = [
      ...phoneSteps('udev-rule', facts),
      ...phoneSteps('udev-group', facts),
      ...['linux', 'darwin', 'win32'].flatMap((platform) => bridgeSteps('adb-missing', platform, 5037)),
    ];
    for (const step of steps) expect(stepParts(step).join('')).toBe(step);
    const commands = steps.flatMap((step) => stepParts(step).filter((_, n) => n % 2 === 1));
    expect(commands).toContain('sudo apt install android-sdk-platform-tools-common');
    expect(commands).toContain('sudo udevadm control --reload');
    expect(commands).toContain('SUBSYSTEM=="usb", ATTR{idVendor}=="2717", MODE="0660", TAG+="uaccess"');
    expect(commands).toContain('sudo usermod -aG plugdev "$USER"');
    expect(commands).toContain('winget install Google.PlatformTools');
  });

  it('are none where nothing is to be typed', () => {
    expect(stepParts('Unplug the phone and plug it in again.')).toHaveLength(1);
  });
});
