import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LinuxFamily } from '../../../shared/text/phone-steps.ts';

/** What kind of computer this is, as far as the words for a person depend on it. */
export interface Surroundings {
  /** The operating system as Node names it. */
  readonly platform: string;
  /** Null where it is not Linux. */
  readonly linux: LinuxFamily | null;
  /** Linux inside Windows, which keeps the USB ports. */
  readonly wsl: boolean;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The family from the text of `os-release` (freedesktop.org: `ID`, and `ID_LIKE` with a list). */
export function linuxFamily(osRelease: string): LinuxFamily {
  const value = (key: string) => new RegExp(`^${key}=["']?([^"'\\n]*)`, 'm').exec(osRelease)?.[1]?.toLowerCase() ?? '';
  const words = [value('ID'), ...value('ID_LIKE').split(/\s+/)];
  const has = (...names: string[]) => names.some((name) => words.includes(name));
  if (has('debian', 'ubuntu')) return 'debian';
  if (has('fedora', 'rhel', 'centos')) return 'fedora';
  if (has('arch', 'archlinux', 'manjaro')) return 'arch';
  if (words.some((word) => word.includes('suse'))) return 'suse';
  return 'other';
}

/** Reads what this computer is. `root` stands for the file system's root in tests. */
export function readSurroundings(platform: string = process.platform, root = '/'): Surroundings {
  if (platform !== 'linux') return { platform, linux: null, wsl: false };
  return {
    platform,
    linux: linuxFamily(textOf(join(root, 'etc/os-release'))),
    wsl: /microsoft/i.test(textOf(join(root, 'proc/sys/kernel/osrelease'))),
  };
}
