import { findProgram, runQuietly, runShown } from './programs.mjs';
import { say } from './say.mjs';

/**
 * What the machine itself must have: the program that is looked for, its Debian package, and what it is for. `others`
 * are names under which it is known elsewhere.
 */
export const buildTools = [
  { program: 'python3', package: 'python3', why: 'to compile sqlite3' },
  { program: 'make', package: 'make', why: 'to compile sqlite3' },
  { program: 'g++', package: 'g++', why: 'to compile sqlite3', others: ['c++', 'clang++'] },
];
export const phoneTools = [{ program: 'adb', package: 'adb', why: 'to reach a phone', env: 'PHONEHOME_ADB' }];
export const testTools = [
  ...phoneTools,
  {
    program: 'chromium',
    package: 'chromium',
    why: 'to test the window',
    others: ['chromium-browser', 'google-chrome', 'google-chrome-stable'],
    env: 'PHONEHOME_CHROMIUM',
  },
  { program: 'pdftotext', package: 'poppler-utils', why: 'to read the report back' },
];

/** Those of the tools that this machine lacks. */
export function missingTools(tools, env = process.env) {
  return tools.filter(
    (tool) =>
      !(tool.env && env[tool.env]) &&
      [tool.program, ...(tool.others ?? [])].every((name) => findProgram(name, env) === null),
  );
}

/** How packages can be installed here without asking anyone: the words before `install`, or null. */
export function installer(env = process.env, uid = process.getuid?.() ?? -1) {
  const apt = findProgram('apt-get', env);
  if (apt === null) return null;
  if (uid === 0) return [apt];
  const sudo = findProgram('sudo', env);
  if (sudo === null || runQuietly(sudo, ['-n', 'true']).status !== 0) return null;
  return [sudo, '-n', apt];
}

/** The command that a person would type for the missing tools. */
export function installSentence(missing, platform = process.platform) {
  const packages = missing.map((tool) => tool.package).join(' ');
  const whys = [...new Set(missing.map((tool) => tool.why))].join(' and ');
  if (platform === 'linux') return `Install what is missing (${whys}): sudo apt-get install ${packages}`;
  return `Install what is missing (${whys}): ${missing.map((tool) => tool.program).join(', ')}`;
}

/** Installs the missing tools where that can be done without a question. Answers with those that are still missing. */
export async function installTools(tools) {
  const missing = missingTools(tools);
  if (missing.length === 0) return [];
  const words = process.platform === 'linux' ? installer() : null;
  if (words === null) return missing;
  const packages = missing.map((tool) => tool.package);
  say(`Installing from Debian: ${packages.join(' ')}`);
  const [program, ...before] = words;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  await runShown(program, [...before, '-q', 'update'], options);
  await runShown(program, [...before, '-q', '-y', '--no-install-recommends', 'install', ...packages], options);
  return missingTools(tools);
}
