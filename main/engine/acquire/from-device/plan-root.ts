import type { PlanRow } from '../../model/acquisition.ts';
import { always, KiB, MiB, row, second } from './plan-row.ts';

/** What using root may change on a phone. */
export const rootTouches =
  'A manager of root rights may show a notice and notes each command; the time at which a file was last read may be set where the phone keeps it.';
const root = { choice: 'root', profiles: always, changes: rootTouches } as const;

/** Folders of the phone's own history of bytes; the second since Android 13, beside files of the time before in the first. */
export const netstatsFolders = ['/data/system/netstats', '/data/misc/apexdata/com.android.tethering/netstats'] as const;

/** Folders of the use of apps, of one user; the second since Android 11. */
export const usageFolders = (user: number): readonly string[] => [
  `/data/system/usagestats/${user}`,
  `/data/system_ce/${user}/usagestats`,
];

/** Folders below them, for phones that cannot list all that is below a folder. Source: UsageStatsDatabase of AOSP. */
export const usageParts = ['daily', 'weekly', 'monthly', 'yearly'] as const;

/** Rows that only root can ask. `asRoot` makes of a command the line that runs it as root. */
export interface RootFiles {
  readonly asRoot: (command: string) => string;
  readonly netstats: readonly { readonly path: string; readonly bytes: number | null }[];
  readonly usage: readonly { readonly path: string; readonly bytes: number | null }[];
}

/** What is lost within minutes to an hour. */
export function volatileRootRows(asRoot: RootFiles['asRoot']): readonly PlanRow[] {
  return [
    row({
      ...root,
      id: 'root',
      title: 'Root',
      section: 'id',
      commands: [asRoot('id')],
      timeoutMs: 15 * second,
      mostBytes: 4 * KiB,
      neverEmpty: true,
      volatile: true,
      together: 'moment',
      proves: 'As whom the commands of this choice ran.',
    }),
    row({
      ...root,
      id: 'dns query log',
      title: 'Names that were looked up',
      section: 'dumpsys dnsresolver querylog',
      commands: [{ line: asRoot('dumpsys -t 15 dnsresolver querylog'), sinceSdk: 29 }],
      timeoutMs: 30 * second,
      neverEmpty: true,
      volatile: true,
      together: 'moment',
      proves:
        'Which uid looked up a name that the phone did not have at hand, at what time of day, with the first letter of the name; kept, not read yet.',
    }),
    row({
      ...root,
      id: 'dns resolver',
      title: 'Name servers',
      section: 'dumpsys dnsresolver',
      commands: [{ line: asRoot('dumpsys -t 15 dnsresolver'), sinceSdk: 29 }],
      timeoutMs: 30 * second,
      neverEmpty: true,
      volatile: true,
      together: 'moment',
      proves: 'Which name servers each network used, and how they answered lately; kept, not read yet.',
    }),
  ];
}

const isHistory = (path: string) => /\/(?:dev|xt|uid|uid_tag)\.\d{1,15}-\d{0,15}(?:\.backup)?$/.test(path);

/** The list of a folder as the phone gives it, and then its files, each as it lies there. */
export function rootFileRows({ asRoot, netstats, usage }: RootFiles): readonly PlanRow[] {
  return [
    ...netstatsFolders
      .filter((folder, at) => at === 0 || netstats.some(({ path }) => path.startsWith(`${folder}/`)))
      .map((folder) => listRow(asRoot, folder, 'history')),
    ...netstats.map(({ path, bytes }) =>
      row({
        ...root,
        id: `file ${path}`,
        title: path,
        section: isHistory(path) ? 'netstats file' : 'netstats folder',
        commands: [asRoot(`cat ${path}`)],
        timeoutMs: 120 * second,
        mostBytes: 256 * MiB,
        file: { bytes },
        together: 'history',
        proves:
          'The phone’s own file of its history of bytes: apps, networks and intervals as in the dump, and the identity of networks in full.',
      }),
    ),
    ...usage.map(({ path, bytes }) =>
      row({
        ...root,
        id: `file ${path}`,
        title: path,
        section: 'usagestats file',
        commands: [asRoot(`cat ${path}`)],
        timeoutMs: 120 * second,
        mostBytes: 256 * MiB,
        file: { bytes },
        together: 'history',
        proves: 'The phone’s own file of when its apps were used; kept, not read yet.',
      }),
    ),
  ];
}

function listRow(asRoot: RootFiles['asRoot'], folder: string, what: string): PlanRow {
  return row({
    ...root,
    id: `list ${folder}`,
    title: `Files in ${folder}`,
    section: `list of ${what} files`,
    commands: [asRoot(`ls -l ${folder}`)],
    timeoutMs: 30 * second,
    mostBytes: 4 * MiB,
    together: 'history',
    proves:
      'Which files the phone kept there, with size and time; a file that is missing in the evidence can be seen by it.',
  });
}

/** The longest that a timer of this program can wait: 24 days. */
const longestMs = 2_147_000_000;

/**
 * The packets of a live acquisition as they pass. `port`: adb's own connection over the network, whose packets are left out.
 * Where the phone has one stream for its answer and its errors, the words of the program are thrown away.
 */
export function packetRow(asRoot: RootFiles['asRoot'], port: number | null, oneStream: boolean): PlanRow {
  const without = port === null ? '' : ` not tcp port ${port}`;
  return row({
    ...root,
    id: 'packets',
    title: 'Packets',
    section: 'packet capture',
    commands: [asRoot(`tcpdump -i any -n -s 0 -U -w -${without}${oneStream ? ' 2>/dev/null' : ''}`)],
    timeoutMs: longestMs,
    mostBytes: Number.MAX_SAFE_INTEGER,
    volatile: true,
    profiles: ['live'],
    proves: 'The packets that passed the phone’s interfaces while it was watched: with whom, when and how much.',
  });
}
