/**
 * A practice phone with the latencies of a real one, in a process of its own, so that its work is not done on the thread of the
 * program that is measured: ANDROID SEED. Says its serial on standard output, and ends when its input does.
 */
import { systemClock } from '../../main/host/adapters/system-clock.ts';
import { startAdbDevice } from '../../main/practice/adb/device.ts';
import { type AndroidVersion, createPracticePhone, createWorld, usualLatency } from '../../main/practice/index.ts';

const [android = '14', seed = '7'] = process.argv.slice(2);
const world = createWorld({
  seed: Number(seed),
  android: Number(android) as AndroidVersion,
  maker: 'xiaomi',
  nowUs: systemClock.now(),
});
const phone = createPracticePhone(world, { nowUs: systemClock.now });
const device = await startAdbDevice(phone, { port: 0, host: '127.0.0.1', behaviour: { latency: usualLatency } });
console.log(device.serial);
process.stdin.resume().on('end', () => process.exit(0));
