import { ensureModules } from './node-modules.mjs';
import { say, stop } from './say.mjs';
import { installSentence, installTools, phoneTools, testTools } from './system-packages.mjs';
import { ensureWindow } from './window.mjs';

/**
 * `node main/setup/prepare.mjs [tests]`: makes a fresh machine ready, as far as that goes without a question. Runs on
 * Node 20, before anything is installed, and does nothing where nothing is missing.
 */
if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Node.js 20 or later is needed; this is ${process.versions.node}.`);
}
await ensureModules();
if (process.argv.includes('tests')) {
  const missing = await installTools(testTools);
  if (missing.length > 0 && process.platform === 'linux') stop(installSentence(missing));
  if (missing.length > 0) say(`${installSentence(missing)}. Tests that need it say that they were left out.`);
} else {
  // Files can be imported without it; the window says so too.
  const missing = await installTools(phoneTools);
  if (missing.length > 0) say(installSentence(missing));
}
await ensureWindow();
