import type { DeviceView } from '../types/device.ts';

/** Shown where no phone is listed. */
export const noPhoneAdvice =
  'Plug the phone in with a cable that carries data, unlock it, and switch on USB debugging in its developer options.';

/** What to do about a phone in a state that adb reports. `word` is adb's own text for a state that we do not know. */
export function phoneAdvice(state: DeviceView['state'], word: string | null = null): string | null {
  switch (state) {
    case 'device':
      return null;
    case 'unauthorized':
      return 'Unlock the phone and tap “Allow” where it asks about USB debugging; if it does not ask, unplug it and plug it in again.';
    case 'authorizing':
      return 'The phone is deciding about this computer’s key; unlock it and wait a moment.';
    case 'connecting':
      return 'The connection is being made; wait a moment.';
    case 'offline':
      return 'The phone is listed but does not answer adb: unplug it, unlock it, and plug it in again.';
    case 'no permissions':
      return 'This user may not open the phone’s USB port: install the udev rules (Debian: package android-sdk-platform-tools-common), then plug the phone in again.';
    case 'recovery':
      return 'The phone is in recovery mode, where there is nothing to acquire: restart it into Android.';
    case 'sideload':
      return 'The phone waits for an update in sideload mode: restart it into Android.';
    case 'rescue':
      return 'The phone is in rescue mode: restart it into Android.';
    case 'bootloader':
      return 'The phone shows its bootloader: restart it into Android.';
    case 'host':
      return 'This entry is a computer, not a phone.';
    case 'other':
      return `adb reports the state “${word ?? 'unknown'}”, which this program does not know: unplug the phone, unlock it, and plug it in again.`;
  }
}

/** A phone that is ready by adb's word and yet answers nothing. */
export const silentPhoneAdvice =
  'The phone is connected but answers nothing: unlock it, unplug it, and plug it in again; if that does not help, restart it.';

/** How to get adb, by operating system as Node names it. */
export function adbMissingAdvice(platform: string): string {
  switch (platform) {
    case 'linux':
      return 'adb was not found: install it (Debian and Ubuntu: apt install adb; Fedora: dnf install android-tools; Arch: pacman -S android-tools), or name its path in PHONEHOME_ADB.';
    case 'darwin':
      return 'adb was not found: install it (brew install android-platform-tools), or name its path in PHONEHOME_ADB.';
    case 'win32':
      return 'adb was not found: install it (winget install Google.PlatformTools), or unpack Google’s SDK Platform-Tools and name the path of adb.exe in PHONEHOME_ADB.';
    default:
      return 'adb was not found: install Google’s SDK Platform-Tools, or name the path of adb in PHONEHOME_ADB.';
  }
}

/** The path that the user named holds no adb. */
export function adbPathWrongAdvice(path: string): string {
  return `PHONEHOME_ADB names ${path}, which is not a program that can be run: correct it, or take the variable away.`;
}

/** An adb server of another version runs. It is used as it is: restarting it would cut off whoever started it. */
export function adbOtherVersionAdvice(server: string, own: string): string {
  return `The adb server that runs here is version ${server}, the adb that was found is ${own}: the running one is used and was not restarted; if phones are missing, close the program that started it and try again.`;
}

/** An adb server answers and refuses what is needed. */
export function adbRefusesAdvice(server: string | null, said: string): string {
  const version = server === null ? '' : ` (version ${server})`;
  return `The adb server that runs here${version} refuses to list phones (“${said}”): close the program that started it and try again.`;
}

/** Something that is no adb server holds the port. */
export function adbPortTakenAdvice(port: number): string {
  return `Something other than an adb server answers on port ${port}: stop it, or set ANDROID_ADB_SERVER_PORT to another port.`;
}

/** The adb server would not start. `said` is adb's own last line. */
export function adbNotStartedAdvice(path: string, said: string | null): string {
  return `The adb server could not be started with ${path}${said === null ? '' : ` (“${said}”)`}: run “adb start-server” in a terminal to see why.`;
}
