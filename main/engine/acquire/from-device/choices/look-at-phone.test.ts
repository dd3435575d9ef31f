import { describe, expect, it } from 'vitest';
import { ScriptedBridge, type ScriptedResult } from '../../../../../test/support/scripted-bridge.ts';
import { silentProgress } from '../../../ports/progress.ts';
import { lookAtPhone } from './look-at-phone.ts';
import { ownerFileKind } from './owner-files.ts';

const none: ScriptedResult = { stderr: 'find: no such: No such file or directory\n', exit: 1 };

/** A phone that lists these paths, whichever folder it is asked for, and knows the size of each. */
function phone(paths: readonly string[], more: (command: string) => ScriptedResult | null = () => null) {
  return new ScriptedBridge((command) => {
    const own = more(command);
    if (own) return own;
    if (command === 'getprop ro.build.version.sdk') return { stdout: '34\n' };
    if (command.startsWith("find '/sdcard/Download/Intrusion Logging'"))
      return { stdout: paths.map((path) => `${path}\0`).join('') };
    if (command.startsWith('find')) return none;
    if (command.startsWith('stat')) {
      return {
        stdout: paths
          .filter((path) => ownerFileKind(path) !== null)
          .map((path, at) => `${at + 1} 1700000000 ${path}\n`)
          .join(''),
      };
    }
    if (command === 'pm list users')
      return { stdout: 'Users:\n\tUserInfo{0:Owner:c13} running\n\tUserInfo{10:Work:1030} running\n' };
    if (command.startsWith('pm list packages -3'))
      return { stdout: 'package:org.example.a\r\npackage:org.example.b\n' };
    if (command.startsWith('pm list packages -s'))
      return { stdout: 'package:com.android.settings\npackage:org.example.b\n' };
    return { exit: 127, stderr: `sh: ${command}: not found\n` };
  });
}

const looked = (bridge: ScriptedBridge, root = false) => {
  const logged: string[] = [];
  const log = async (action: string) => void logged.push(action);
  const asking = { bridge, serial: 'S1', signal: new AbortController().signal };
  return lookAtPhone(asking, { root, progress: silentProgress, log }).then((look) => ({ look, logged }));
};

describe('looking at what a phone offers', () => {
  it('names files of the owner with kind, size and time, and apps of every user', async () => {
    const { look } = await looked(
      phone(['/sdcard/Download/Intrusion Logging/log.ndjson', '/sdcard/Download/PCAPdroid/a b.pcap']),
    );
    expect(look.files).toEqual([
      {
        path: '/sdcard/Download/Intrusion Logging/log.ndjson',
        kind: 'intrusion log',
        bytes: 1,
        modified: '2023-11-14T22:13:20.000000Z',
      },
      {
        path: '/sdcard/Download/PCAPdroid/a b.pcap',
        kind: 'capture',
        bytes: 2,
        modified: '2023-11-14T22:13:20.000000Z',
      },
    ]);
    expect(look.apps).toEqual([
      { package: 'org.example.a', name: null, system: false },
      { package: 'org.example.b', name: null, system: false },
      { package: 'com.android.settings', name: null, system: true },
    ]);
    expect(look.root.state).toBe('not asked');
    expect(look.notes).toEqual([]);
  });

  it('takes names for text and nothing else', async () => {
    const folder = '/sdcard/Download/Intrusion Logging';
    const kept = [
      `${folder}/it's $(reboot) \`x\`; rm -rf ~.ndjson`,
      `${folder}/<script>.ndjson`,
      `${folder}/समोसा 茶.ndjson`,
    ];
    const left = [
      `${folder}/a\n5 5 /sdcard/Download/PCAPdroid/fake.pcap`,
      `${folder}/\u001b[2J.ndjson`,
      `${folder}/../../DCIM/a.jpg`,
      `${folder}/${'x'.repeat(1_000_000)}`,
      '/data/data/org.example/secret',
    ];
    const bridge = phone([...kept, ...left]);
    const { look } = await looked(bridge);
    expect(look.files.map(({ path }) => path).sort()).toEqual([...kept].sort());
    expect(look.notes).toEqual([
      '5 files have names that cannot be sent to a phone’s shell unchanged; what is behind it is not offered.',
    ]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    for (const command of bridge.asked) expect(command).not.toMatch(/[\u0000-\u001f]|\.\.\//);
    expect(bridge.asked.find((command) => command.startsWith('stat'))).toContain(`'"'"'`);
  });

  it('offers nothing that the phone does not know the size of, whatever a name makes it look like', async () => {
    const real = '/sdcard/Download/PCAPdroid/real.pcap';
    const gone = '/sdcard/Download/PCAPdroid/gone.pcap';
    const bridge = phone([gone, real], (command) =>
      command.startsWith('stat')
        ? { stdout: `7 1700000000 ${real}\n`, stderr: `stat: ${gone}: No such file\n`, exit: 1 }
        : null,
    );
    const { look } = await looked(bridge);
    expect(look.files.map(({ path, bytes }) => [path, bytes])).toEqual([[real, 7]]);
    expect(look.notes).toEqual(['One file was listed of which the phone told no size; it is not offered.']);
  });

  it('stops at a list without an end, and says so', async () => {
    const name = `/sdcard/Download/PCAPdroid/${'y'.repeat(1000)}`;
    const bridge = phone([], (command) =>
      command.includes('Intrusion') ? { stdout: Array.from({ length: 9000 }, (_, n) => `${name}${n}\0`) } : null,
    );
    const { look } = await looked(bridge);
    expect(look.notes[0]).toBe(
      'The list of /sdcard/Download/Intrusion Logging was longer than is taken, or broke off: there may be more.',
    );
  });

  it('reads the list of Android 5, in UTC', async () => {
    const bridge = phone([], (command) => {
      if (command === 'getprop ro.build.version.sdk') return { stdout: '22\n' };
      if (
        command === "TZ=UTC ls -l '/sdcard/Download/PCAPdroid'" ||
        command === 'TZ=UTC ls -l /sdcard/Download/PCAPdroid'
      ) {
        return {
          stdout:
            'drwxrwx--x root     sdcard_r          2016-01-01 10:00 sub\r\n-rw-rw---- root     sdcard_r     2048 2016-01-02 03:04 a b.pcap\r\n',
        };
      }
      if (command === "TZ=UTC ls -l '/sdcard/Download/PCAPdroid/a b.pcap'") {
        return {
          stdout: '-rw-rw---- root     sdcard_r     2048 2016-01-02 03:04 /sdcard/Download/PCAPdroid/a b.pcap\r\n',
        };
      }
      return command.startsWith('TZ=UTC ls') ? { stdout: 'No such file or directory\r\n', exit: 1 } : null;
    });
    const { look } = await looked(bridge);
    expect(look.files).toEqual([
      {
        path: '/sdcard/Download/PCAPdroid/a b.pcap',
        kind: 'capture',
        bytes: 2048,
        modified: '2016-01-02T03:04:00.000000Z',
      },
    ]);
    expect(bridge.asked.some((command) => /^(find|stat)/.test(command))).toBe(false);
  });
});

describe('asking for root', () => {
  const rootIs = async (answers: Readonly<Record<string, ScriptedResult>>) => {
    const bridge = phone([], (command) => (/^(id|su)\b/.test(command) ? (answers[command] ?? null) : null));
    const { look, logged } = await looked(bridge, true);
    return { root: look.root, logged, su: bridge.asked.filter((command) => command.startsWith('su')) };
  };
  const shell = { stdout: 'uid=2000(shell) gid=2000(shell)\n' };
  const uid0 = { stdout: 'uid=0(root) gid=0(root)\n' };

  it('needs no su where adb is root, and notes no change then', async () => {
    const { root, su, logged } = await rootIs({ id: uid0 });
    expect([root.state, su, logged]).toEqual(['adbd', [], []]);
  });

  it('takes either form of su, after the log has said so', async () => {
    const { root, logged } = await rootIs({ id: shell, 'su -c id': uid0 });
    expect([root.state, logged]).toEqual(['su', ['phone.change']]);
    const older = await rootIs({
      id: shell,
      'su -c id': { stderr: "su: invalid uid/gid '-c'\n", exit: 1 },
      'su 0 id': uid0,
    });
    expect([older.root.state, older.su]).toEqual(['su', ['su -c id', 'su 0 id']]);
  });

  it('has a sentence for each way of not having it, and asks no twice', async () => {
    const absent = await rootIs({ id: shell });
    expect([absent.root.state, absent.su]).toEqual(['none', ['su -c id']]);
    const refused = await rootIs({ id: shell, 'su -c id': { stderr: 'Permission denied\n', exit: 13 } });
    expect(refused.root).toEqual({
      state: 'refused',
      sentence:
        'The phone has “su” and it refused: “Permission denied”. Its screen or the settings of its root manager can allow it.',
    });
    expect(refused.su).toEqual(['su -c id']);
    const silent = await rootIs({ id: shell, 'su -c id': { ending: 'timed out' } });
    expect(silent.root.state).toBe('refused');
    expect(silent.root.sentence).toContain('within 15 s');
  });

  it('believes no word of it but the number of the user', async () => {
    const liar = await rootIs({
      id: shell,
      'su -c id': { stdout: 'You are root! uid=2000(shell) uid=0(root)\n' },
      'su 0 id': { stdout: 'uid=2000(root)\n' },
    });
    expect(liar.root.state).toBe('refused');
  });
});
