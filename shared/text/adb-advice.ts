import type { BridgeProblem } from '../types/device.ts';

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

/** The page where Google gives adb away for Linux, macOS and Windows; on a machine without a network it comes by hand. */
export const platformToolsPage = 'https://developer.android.com/tools/releases/platform-tools';

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

/** Something takes the connection and says nothing. */
export function adbServerSilentAdvice(port: number): string {
  return `Something holds port ${port} and answers nothing, as an adb server does that hangs: end that program, and a new server is started.`;
}

/** The adb server would not start. `said` is adb's own last line. */
export function adbNotStartedAdvice(path: string, said: string | null): string {
  return `The adb server could not be started with ${path}${said === null ? '' : ` (“${said}”)`}: run “adb start-server” in a terminal to see why.`;
}

/** Why a program that was found cannot be run on this computer. */
export const cannotRunReasons = [
  'other processor',
  'library missing',
  'system too old',
  'held by the system',
  'not allowed',
] as const;
export type CannotRunReason = (typeof cannotRunReasons)[number];

/** The adb that was found cannot be run. `said` is what the system or the program said. */
export function adbCannotRunAdvice(path: string, reason: CannotRunReason, said: string, platform: string): string {
  const other = `take another adb (${platformToolsPage}) and name its path in PHONEHOME_ADB`;
  switch (reason) {
    case 'other processor':
      return `${path} is made for another processor or system than this computer’s (“${said}”): ${other}.`;
    case 'library missing':
      return `${path} needs a library that is not there (“${said}”): install it, or ${other}.`;
    case 'system too old':
      return `${path} needs a newer system than this one (“${said}”): take the adb of your distribution, or an older one, and name its path in PHONEHOME_ADB.`;
    case 'held by the system':
      return platform === 'darwin'
        ? `macOS ended ${path} as it started (“${said}”), as it does with programs from the internet that it has not checked: allow it in System Settings, Privacy & Security, or run xattr -d com.apple.quarantine on it.`
        : `The system ended ${path} as it started (“${said}”): look whether its protection holds the program, or ${other}.`;
    case 'not allowed':
      return `This user may not run ${path} (“${said}”): make it executable, or look whether the system’s protection holds it.`;
  }
}

/**
 * The server was ended again and again. `times` within `seconds`; `versions` are those that were seen in turn, as `1.0.41`.
 */
export function adbServerKilledAdvice(times: number, seconds: number, versions: readonly string[]): string {
  const so = `The adb server was ended ${times} times within ${seconds} seconds`;
  return versions.length > 1
    ? `${so}, by turns version ${versions.join(' and ')}: another program with an adb of another version fights over it, and phones vanish each time; close that program.`
    : `${so}: another program ends it, or it crashes; close what else works with phones (emulators, Android Studio, tools of the maker), and unplug other phones.`;
}

/** ADB_SERVER_SOCKET or ANDROID_ADB_SERVER_ADDRESS names a server that this program does not use. */
export function adbServerElsewhereAdvice(variable: string, value: string, port: number): string {
  return `${variable} names the adb server “${value}”; this program uses only a server on this computer, here on port ${port}, so that nothing of a phone passes a network unseen.`;
}

/** A port in the environment that is none. */
export function adbPortWrongAdvice(variable: string, value: string, port: number): string {
  return `${variable} is “${value}”, which is no port: port ${port} is used.`;
}

/** ANDROID_SERIAL, as adb itself reads it. */
export function androidSerialNote(serial: string, connected: boolean): string {
  return connected
    ? `ANDROID_SERIAL names the phone ${serial}: where none is chosen, that one is taken.`
    : `ANDROID_SERIAL names the phone ${serial}, which is not connected: choose another by its serial, or take the variable away.`;
}

/** What this system does not let a program see without running others. */
export function usbBlindNote(platform: string): string | null {
  switch (platform) {
    case 'win32':
      return 'Under Windows this program sees only phones that adb lists: one without a driver, or with debugging off, does not appear.';
    case 'darwin':
      return 'Under macOS this program sees only phones that adb lists: one with debugging off does not appear.';
    default:
      return null;
  }
}

/** Linux inside Windows. */
export const wslNote =
  'This Linux runs inside Windows, which keeps the USB ports: a phone appears here only after “usbipd attach --wsl” was run for it under Windows, or over the network.';

/** How one sees which program holds a port, by operating system as Node names it. */
export function whoHoldsPort(port: number, platform: string): string {
  switch (platform) {
    case 'win32':
      return `To see which program it is: netstat -ano | findstr :${port}, then tasklist /FI "PID eq …" with the number in the last column.`;
    case 'darwin':
      return `To see which program it is: lsof -nP -iTCP:${port} -sTCP:LISTEN`;
    default:
      return `To see which program it is: sudo ss -ltnp 'sport = :${port}'`;
  }
}

/** What to try about adb itself, one act a line. */
export function bridgeSteps(problem: BridgeProblem, platform: string, port: number): string[] {
  switch (problem) {
    case 'adb-missing':
      return [
        ...adbCommands(platform),
        `Without a package: take Platform-Tools from ${platformToolsPage}, unpack it into your home or download folder, and it is found.`,
        'Cases, files and reports work without adb: only a phone on the cable needs it.',
      ];
    case 'adb-path-wrong':
      return ['The path must be that of the program itself, not of its folder.'];
    case 'adb-cannot-run':
      return adbCommands(platform);
    case 'adb-not-started':
      return platform === 'win32'
        ? ['The server’s own words stand in adb.log in the folder %TEMP%.']
        : [
            'The server’s own words stand in adb.USER.log in the folder for temporary files, USER being your number (id -u).',
          ];
    case 'port-taken':
    case 'server-silent':
    case 'server-refuses':
      return [whoHoldsPort(port, platform)];
    case 'server-killed':
      return [
        'Usual ones: Android Studio, emulators (Genymotion, BlueStacks, NoxPlayer), scrcpy, tools of the maker, other forensic tools, each with an adb of its own.',
        whoHoldsPort(port, platform),
        'Or give this program a server of its own: set ANDROID_ADB_SERVER_PORT to another port, such as 5038, before it starts. Only one server can hold a phone by cable, so that the other must let go.',
      ];
    case 'server-version':
    case 'server-elsewhere':
      return [];
  }
}

function adbCommands(platform: string): string[] {
  switch (platform) {
    case 'linux':
      return [
        'Debian and Ubuntu: sudo apt install adb',
        'Fedora: sudo dnf install android-tools',
        'Arch: sudo pacman -S android-tools',
      ];
    case 'darwin':
      return ['With Homebrew: brew install android-platform-tools'];
    case 'win32':
      return ['In a terminal: winget install Google.PlatformTools'];
    default:
      return [];
  }
}
