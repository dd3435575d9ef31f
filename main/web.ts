import { toFailureView } from '../shared/base/failure.ts';
import { endSignal } from './shells/end-signal.ts';
import { runWindow } from './shells/web/run-window.ts';

/** `node main/web.ts`: the window in a browser, on the loopback only. */
try {
  await runWindow({
    port: 0,
    case: null,
    browser: true,
    signal: endSignal(),
    tell: (address) => process.stdout.write(`${address}\n`),
    hint: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  process.exit(0);
} catch (thrown) {
  const failure = toFailureView(thrown);
  process.stderr.write(`${failure.message}${failure.advice === null ? '' : ` ${failure.advice}`}\n`);
  process.exit(3);
}
