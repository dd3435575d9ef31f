import type { PracticePhone } from '../practice-phone.ts';
import type { World } from '../world/world.ts';
import { filesOf } from './files.ts';
import { programsOf } from './programs.ts';
import { type Ran, runLine } from './shell.ts';

export interface PhoneOptions {
  /** True time, microseconds of UTC; the default stands still at the world's "now". */
  readonly nowUs?: () => number;
}

/** The world as its ADB daemon would ask it: a shell, programs and files. Its clock runs on, its history does not. */
export function createPracticePhone(world: World, options: PhoneOptions = {}): PracticePhone {
  const nowUs = options.nowUs ?? ((): number => world.nowUs);
  const uptime = (): string => {
    const seconds = (nowUs() - world.bootUs) / 1_000_000;
    return `${seconds.toFixed(2)} ${(seconds * 5.2).toFixed(2)}\n`;
  };
  const variables = {
    HOME: '/',
    PATH: '/product/bin:/system/bin:/vendor/bin',
    ANDROID_DATA: '/data',
    SHELL: '/system/bin/sh',
  };
  const files = filesOf(world, world.rooted, uptime);
  const asRoot = (line: string): Ran => {
    const find = programsOf({ world, files, root: true, nowUs, asRoot: null });
    const answer = runLine({ sdk: world.sdk, variables, find }, line);
    return { stdout: answer.stdout as Uint8Array, stderr: new TextDecoder().decode(answer.stderr), exit: answer.exit };
  };
  const find = programsOf({
    world,
    files: filesOf(world, false, uptime),
    root: false,
    nowUs,
    asRoot: world.rooted ? asRoot : null,
  });
  return {
    serial: world.serial,
    product: world.model.product,
    model: world.model.model,
    device: world.model.device,
    sdk: world.sdk,
    run: async (line) => runLine({ sdk: world.sdk, variables, find }, line),
    file: (path) => files.read(path),
    list: (path) => files.list(path),
  };
}
