import type { Broken } from '../apk/apk-bytes.ts';
import type { PracticePhone } from '../practice-phone.ts';
import type { Amounts } from '../world/ledger.ts';
import { Course } from '../world/running.ts';
import { type PracticeSocket, socketsAt } from '../world/sockets.ts';
import type { World } from '../world/world.ts';
import { buildBugreport } from './bugreport.ts';
import { zipBugreport } from './bugreport-zip.ts';
import { bugreportFolder, type Files, filesOf } from './files.ts';
import { programsOf } from './programs.ts';
import { suProgram } from './root-programs.ts';
import { type Ran, runLine } from './shell.ts';
import { apkFiles } from './tree/apk-files.ts';
import { addGuardedFiles } from './tree/guarded-files.ts';
import { type OwnerFiles, ownerFiles } from './tree/owner-files.ts';

export interface PhoneOptions {
  /** True time, microseconds of UTC; the default stands still at the world's "now". */
  readonly nowUs?: () => number;
  /** Whether the phone goes on living from the world's "now": connections come and go and carry bytes. Left out, its history stands. */
  readonly running?: boolean;
  /** What else shall lie among the owner's files. */
  readonly files?: OwnerFiles;
  /** Packages, by name, whose base is not as it should be. */
  readonly brokenApks?: Readonly<Record<string, Broken>>;
}

/** The phone, and what a test may know of it and do to it from outside. Times are true time, microseconds of UTC. */
export interface OwnPhone extends PracticePhone {
  /** The phone as it is now: its history, what is counted, when it was started. */
  world(): World;
  /** Bytes and packets by uid that the kernel counted in (from, to]: what its counters grew by where the phone was not started in between. */
  carried(fromUs: number, toUs: number): ReadonlyMap<number, Amounts>;
  /** The sockets that were open at that instant. */
  socketsAt(atUs: number): readonly PracticeSocket[];
  /** Starts the phone anew at this instant: uptime from 0, another boot id, counters from nothing. `hard`: what was not recorded yet is lost. */
  reboot(how?: { readonly hard?: boolean }): void;
}

/** The world as its ADB daemon would ask it: a shell, programs and files. */
export function createPracticePhone(world: World, options: PhoneOptions = {}): OwnPhone {
  const nowUs = options.nowUs ?? ((): number => world.nowUs);
  const course = new Course(world, options.running ?? false);
  const own = [ownerFiles(world, options.files ?? {}), apkFiles(world, options.brokenApks ?? {})];
  let report: { path: string; bytes: Uint8Array } | null = null;
  const bugreport = () => report;
  const variables = {
    HOME: '/',
    PATH: '/product/bin:/system/bin:/vendor/bin',
    ANDROID_DATA: '/data',
    SHELL: '/system/bin/sh',
  };
  const known = new Map<string, { readonly world: World; readonly files: Files }>();
  const filesAt = (now: World, root: boolean): Files => {
    const last = known.get(String(root));
    if (last?.world === now) return last.files;
    const more = root ? [...own, addGuardedFiles] : own;
    const files = filesOf(now, { root, nowUs, bugreport, more });
    known.set(String(root), { world: now, files });
    return files;
  };
  // A command sees the phone of the moment at which it began, also the second of a line.
  const programs = (root: boolean) => (name: string) => {
    const now = course.at(nowUs());
    return programsOf({
      world: now,
      files: filesAt(now, root),
      root,
      nowUs,
      bugreport,
      now: () => course.at(nowUs()),
      poll: () => course.poll(nowUs()),
      su: suProgram(world.root, asRoot),
    })(name);
  };
  const asRoot = (line: string): Ran => {
    const answer = runLine({ sdk: world.sdk, variables, find: programs(true) }, line);
    return { stdout: answer.stdout, stderr: new TextDecoder().decode(answer.stderr), exit: answer.exit };
  };
  // The daemon itself: what it may not read, it cannot give to be pulled, also where there is a `su`.
  const daemonIsRoot = world.root === 'adbd';
  const pulled = (): Files => filesAt(course.at(nowUs()), daemonIsRoot);
  return {
    serial: world.serial,
    product: world.model.product,
    model: world.model.model,
    device: world.model.device,
    sdk: world.sdk,
    async run(line) {
      // Packing takes its time: what the program will speak of lies ready before the shell starts.
      if (world.sdk >= 24 && /\bbugreportz\b/.test(line)) {
        const made = buildBugreport(course.at(nowUs()));
        report = { path: `${bugreportFolder}/${made.name}.zip`, bytes: await zipBugreport(made) };
      }
      return runLine({ sdk: world.sdk, variables, find: programs(daemonIsRoot) }, line);
    },
    file: (path) => pulled().read(path),
    list: (path) => pulled().list(path),
    world: () => course.at(nowUs()),
    carried: (fromUs, toUs) => course.carried(fromUs, toUs),
    socketsAt: (atUs) => socketsAt(course.worldAround(atUs), atUs),
    reboot: ({ hard = false } = {}) => course.reboot(nowUs(), hard),
  };
}
