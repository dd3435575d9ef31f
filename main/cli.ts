import { checkout, checkoutVersion } from './host/checkout.ts';
import { processTerminal } from './shells/cli/process-terminal.ts';
import { runCli } from './shells/cli/run-cli.ts';

/** `node main/cli.ts <verb> …`: the command line. */
const version = checkoutVersion();
const { terminal, close } = processTerminal({ version, resources: checkout.resources });
const exit = await runCli(process.argv.slice(2), terminal, version);
await close();
process.exit(exit);
