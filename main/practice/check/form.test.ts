import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corpus, corpusFile } from '../../../test/support/corpus.ts';
import { createPracticePhone, createWorld, netstatsFiles, type WorldOptions } from '../index.ts';

const NOW = Date.UTC(2026, 2, 3, 10, 17, 5) * 1000;

/** A line without what differs from phone to phone: numbers, names, which networks. */
function shape(line: string): string {
  return line
    .trimEnd()
    .replace(/(subscriberId=\d+\.\.\.|networkId="[^"]*"|wifiNetworkKey="[^"]*"[\w-]*)/g, 'network=N')
    .replace(/type=[A-Z0-9_]+/g, 'type=T')
    .replace(/(subType|ratType)=[-\w]+/g, '$1=R')
    .replace(/(true|false)/g, 'B')
    .replace(/set=\w+ tag=0x[0-9a-f]+/g, 'set=S tag=0xT')
    .replace(/iface=\w+/g, 'iface=I')
    .replace(/-?\d+/g, 'N');
}

async function dump(options: Omit<WorldOptions, 'nowUs'>, command: string): Promise<string> {
  const answer = await createPracticePhone(createWorld({ ...options, nowUs: NOW })).run(command);
  return new TextDecoder().decode(answer.stdout as Uint8Array);
}

const real = (path: string): string => readFileSync(corpusFile(path), 'utf8');
const lines = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

describe.skipIf(!corpus)('the form of real recordings', () => {
  it.each([
    [
      'netstats-text/android10-full-uid.txt',
      { seed: 1, android: 10, maker: 'plain', days: 20 },
      'dumpsys netstats --full --uid',
    ],
    [
      'netstats-text/android10-uid-since-boot.txt',
      { seed: 1, android: 10, maker: 'plain', days: 20 },
      'dumpsys netstats --uid',
    ],
    ['netstats-text/android7-mtk.txt', { seed: 3, android: 7, sdk: 24, maker: 'plain', days: 20 }, 'dumpsys netstats'],
    [
      'netstats-text/long-history-full-uid.txt',
      { seed: 2, android: 13, maker: 'google', days: 20, with: { byRadio: true } },
      'dumpsys netstats --full --uid',
    ],
  ] as const)('%s has no line that the practice phone does not have', async (path, options, command) => {
    const ours = new Set(lines(await dump(options, command)).map(shape));
    const strange = new Set(
      lines(real(path))
        .filter((line) => !line.startsWith('adb shell'))
        .map(shape)
        .filter((line) => !ours.has(line)),
    );
    expect([...strange]).toEqual([]);
  });

  it('the long form of Android 5 is the same', async () => {
    const ours = new Set(
      lines(
        await dump({ seed: 8, android: 5, sdk: 21, maker: 'google', days: 20 }, 'dumpsys netstats --full --uid'),
      ).map(shape),
    );
    // That recording's active interfaces are written with braces; its series are as the source says, with brackets.
    const theirs = lines(real('netstats-text/android4.4-5-long-keys.txt')).filter((line) => !line.includes('iface='));
    expect([...new Set(theirs.map(shape))].filter((line) => !ours.has(line))).toEqual([]);
  });

  it('package blocks have no field that Android 10 and 11 do not have, and in the same order', async () => {
    const fields = (text: string): string[] => [...text.matchAll(/^ {4}(\w+)=/gm)].map((m) => m[1]!);
    const theirs = real('dumpsys/packages-samsung.txt')
      .split(/^ {2}Package \[/m)
      .slice(1)
      .map(fields);
    const order = [...new Set(theirs.flat())];
    const text = await dump({ seed: 4, android: 10, maker: 'samsung', days: 1 }, 'dumpsys package packages');
    for (const block of text
      .split('Hidden system')[0]!
      .split(/^ {2}Package \[/m)
      .slice(1)) {
      const known = fields(block).filter((name) => name !== 'installerPackageName');
      expect(known.filter((name) => !order.includes(name))).toEqual([]);
      expect(known).toEqual([...known].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    }
  });

  it('binary files begin as the real ones do', () => {
    const head = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 8)).toString('hex');
    const theirs = readFileSync(corpusFile('netstats-binary/netstats/uid.1677370094718-1678666645910'));
    for (const bytes of netstatsFiles(
      createWorld({ seed: 3, android: 14, maker: 'google', nowUs: NOW, days: 5 }),
    ).values())
      expect(head(bytes)).toBe(head(theirs));
  });
});
