import { Option } from 'commander';
import { startAdbDevice } from '../../../practice/adb/device.ts';
import { type AndroidVersion, androidVersions, type Maker, makers } from '../../../practice/world/options.ts';
import { answer } from '../answer.ts';
import { wholeOption } from '../options.ts';
import { exits } from '../terminal.ts';
import { verb } from '../verb.ts';

interface Options {
  readonly seed: number;
  readonly android: string;
  readonly maker: Maker;
  readonly port: number;
  readonly hostile?: true;
}

/** `practice`: a simulated phone behind the real ADB protocol, until Ctrl-C. */
export const practice = verb<Options>(
  'practice',
  'start a simulated phone that adb can connect to, until Ctrl-C',
  (command) =>
    command
      .option('--seed <number>', 'which life; the same number gives the same phone', wholeOption(0, 2_147_483_647), 1)
      .addOption(new Option('--android <version>', 'which Android').choices(androidVersions.map(String)).default('14'))
      .addOption(new Option('--maker <maker>', 'whose phone').choices(makers).default('xiaomi'))
      .option('--hostile', 'with names, labels and a model that were chosen to break what reads them')
      .option('--port <number>', 'the port; left out, a free one', wholeOption(0, 65_535), 0),
  async ({ options, json, terminal }) => {
    const { createPracticePhone, createWorld, hostilePhone } = await import('../../../practice/index.ts');
    const startedUs = Date.now() * 1000;
    const version = options.android === '12L' ? options.android : (Number(options.android) as AndroidVersion);
    const world = createWorld({ seed: options.seed, android: version, maker: options.maker, nowUs: startedUs });
    const plain = createPracticePhone(world, { nowUs: () => Date.now() * 1000 });
    const phone = options.hostile ? hostilePhone(plain, { names: true }) : plain;
    const device = await startAdbDevice(phone, { host: '127.0.0.1', port: options.port });
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
