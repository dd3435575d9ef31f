import { Option } from 'commander';
import { startAdbDevice } from '../../../practice/adb/device.ts';
import {
  type AndroidVersion,
  androidVersions,
  type Maker,
  makers,
  type RootWay,
  rootWays,
} from '../../../practice/world/options.ts';
import { answer } from '../answer.ts';
import { portOption, wholeOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly seed: number;
  readonly android: string;
  readonly maker: Maker;
  readonly port: number;
  readonly hostile?: true;
  readonly still?: true;
  readonly root?: RootWay;
  readonly latency: 'none' | 'usual';
}

/** `practice`: a simulated phone behind the real ADB protocol, until Ctrl-C. */
export const practice = verb<Options>(
  'practice',
  'start a simulated phone that adb can connect to, until Ctrl-C',
  (command) =>
    command
      .option(
        '--seed <number>',
        'whose life the phone tells of; the same number gives the same phone',
        wholeOption(0, 2_147_483_647),
        1,
      )
      .addOption(new Option('--android <version>', 'its Android').choices(androidVersions.map(String)).default('14'))
      .addOption(new Option('--maker <maker>', 'who made it').choices(makers).default('xiaomi'))
      .option('--hostile', 'names, labels and model are chosen to break what reads them')
      .option('--running', 'connections come and go and the counters grow: so it is unless --still')
      .option('--still', 'history and counters stand where they are; only the clocks run')
      .addOption(
        new Option(
          '--root <way>',
          'with root. adbd: adb itself runs as root; su: Magisk grants it; eng: the su of an image for developers; denied, silent: Magisk’s question is refused, or never answered',
        ).choices(rootWays),
      )
      .addOption(
        new Option('--latency <profile>', 'how soon it answers. none: at once; usual: as a usual phone')
          .choices(['none', 'usual'])
          .default('none'),
      )
      .addOption(portOption()),
  async ({ options, json, terminal }) => {
    const { createPracticePhone, createWorld, hostilePhone, usualLatency } = await import('../../../practice/index.ts');
    const startedUs = Date.now() * 1000;
    const version = options.android === '12L' ? options.android : (Number(options.android) as AndroidVersion);
    const world = createWorld({
      seed: options.seed,
      android: version,
      maker: options.maker,
      nowUs: startedUs,
      root: options.root,
    });
    const plain = createPracticePhone(world, {
      nowUs: () => Date.now() * 1000,
      running: !options.still,
      files: { hostile: options.hostile ?? false },
    });
    const phone = options.hostile ? hostilePhone(plain, { names: true }) : plain;
    const behaviour = options.latency === 'usual' ? { latency: usualLatency } : {};
    const device = await startAdbDevice(phone, { host: '127.0.0.1', port: options.port, behaviour });
    const connect = `adb connect 127.0.0.1:${device.port}`;
    await answer(
      terminal,
      json,
      { port: device.port, serial: device.serial, model: phone.model, connect },
      () => connect,
    );
    terminal.err(`${phone.model}, seed ${options.seed}, waits for adb. End it with Ctrl-C.\n`);
    if (!terminal.signal.aborted) {
      await new Promise((done) => terminal.signal.addEventListener('abort', done, { once: true }));
    }
    await device.close();
    return exits.done;
  },
);
