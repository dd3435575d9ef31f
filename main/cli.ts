import { checkout, checkoutVersion } from './host/checkout.ts';
import { keepCompiledCode } from './host/compiled-code.ts';

/** `node main/cli.ts <verb> …`: the command line. */
keepCompiledCode();
const [{ processTerminal }, { runCli }] = await Promise.all([
  import('./shells/cli/process-terminal.ts'),
  import('./shells/cli/run-cli.ts'),
]);
const version = checkoutVersion();
const { terminal, close } = processTerminal({ version, resources: checkout.resources });
const exit = await runCli(process.argv.slice(2), terminal, version);
await close();
process.exit(exit);
