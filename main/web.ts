import { toFailureView } from '../shared/base/failure.ts';
import { keepCompiledCode } from './host/compiled-code.ts';

/** `node main/web.ts`: the window in a browser, on the loopback only. */
keepCompiledCode();
const [{ endSignal }, { runWindow }] = await Promise.all([
  import('./shells/end-signal.ts'),
  import('./shells/web/run-window.ts'),
]);
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
