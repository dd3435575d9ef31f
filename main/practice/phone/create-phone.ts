import type { PracticePhone } from '../practice-phone.ts';
import type { World } from '../world/world.ts';
import { buildBugreport } from './bugreport.ts';
import { zipBugreport } from './bugreport-zip.ts';
import { filesOf } from './files.ts';
import { programsOf } from './programs.ts';
import { type Ran, runLine } from './shell.ts';

export interface PhoneOptions {
  /** True time, microseconds of UTC; the default stands still at the world's "now". */
  readonly nowUs?: () => number;
}

/** Where `bugreportz` leaves what it made. */
const bugreportFolder = '/data/user_de/0/com.android.shell/files/bugreports';

/** The world as its ADB daemon would ask it: a shell, programs and files. Its clock runs on, its history does not. */
export function createPracticePhone(world: World, options: PhoneOptions = {}): PracticePhone {
  const nowUs = options.nowUs ?? ((): number => world.nowUs);
  let report: { path: string; bytes: Uint8Array } | null = null;
  const bugreport = () => report;
  const variables = {
    HOME: '/',
    PATH: '/product/bin:/system/bin:/vendor/bin',
    ANDROID_DATA: '/data',
    SHELL: '/system/bin/sh',
  };
  const files = filesOf(world, { root: world.rooted, nowUs, bugreport });
  const asRoot = (line: string): Ran => {
    const find = programsOf({ world, files, root: true, nowUs, bugreport, asRoot: null });
    const answer = runLine({ sdk: world.sdk, variables, find }, line);
    return { stdout: answer.stdout as Uint8Array, stderr: new TextDecoder().decode(answer.stderr), exit: answer.exit };
  };
  const find = programsOf({
    world,
    files: filesOf(world, { root: false, nowUs, bugreport }),
    root: false,
    nowUs,
    bugreport,
    asRoot: world.rooted ? asRoot : null,
  });
  return {
    serial: world.serial,
    product: world.model.product,
    model: world.model.model,
    device: world.model.device,
    sdk: world.sdk,
    async run(line) {
      // Packing takes its time: what the program will speak of lies ready before the shell starts.
      if (world.sdk >= 24 && /\bbugreportz\b/.test(line)) {
        const made = buildBugreport(world);
        report = { path: `${bugreportFolder}/${made.name}.zip`, bytes: await zipBugreport(made) };
      }
      return runLine({ sdk: world.sdk, variables, find }, line);
    },
    file: (path) => files.read(path),
    list: (path) => files.list(path),
  };
}
