import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintOf, madeForOther, type ProgramEnd, startServer } from './adb-start.ts';
import { linuxFamily, readSurroundings } from './surroundings.ts';

const end = (change: Partial<ProgramEnd>): ProgramEnd => ({
  error: null,
  status: null,
  signal: null,
  stderr: '',
  ...change,
});

/** What adb 29 wrote where it could not make its folder. */
const refusedHome = `* daemon not running; starting now at tcp:5988
ADB server didn't ACK
Full server startup log: adb.0.log
Server had pid: 27081
--- adb starting (pid 27081) ---
adb I 11-22 17:28:46 27081 27081 main.cpp:60] Android Debug Bridge version 1.0.41
adb I 11-22 17:28:46 27081 27081 auth.cpp:437] adb_auth_init...
adb F 11-22 17:28:46 27081 27081 adb_utils.cpp:316] Cannot mkdir '/proc/.android': No such file or directory

* failed to start daemon
error: cannot connect to daemon
cannot connect to daemon at tcp:5988: Connection refused
`;

describe('a program in adb’s place that starts no server', () => {
  it.each([
    ['another processor, by Node', { error: 'ENOEXEC' }, 'other processor'],
    ['another processor, on macOS', { error: 'Unknown system error -86' }, 'other processor'],
    ['another processor, on Windows', { status: 0xc000007b }, 'other processor'],
    ['a processor without what it needs', { signal: 'SIGILL' }, 'other processor'],
    ['a loader that is not there', { error: 'ENOENT' }, 'library missing'],
    [
      'a library that is not there',
      {
        status: 127,
        stderr: 'adb: error while loading shared libraries: libbrotli.so.1: cannot open shared object file\n',
      },
      'library missing',
    ],
    [
      'a library that is not there, on macOS',
      { signal: 'SIGABRT', stderr: 'dyld: Library not loaded: @rpath/x\n' },
      'library missing',
    ],
    ['a library that is not there, on Windows', { status: 0xc0000135 }, 'library missing'],
    [
      'a system that is too old',
      { status: 1, stderr: "adb: /lib/libc.so.6: version `GLIBC_2.34' not found\n" },
      'system too old',
    ],
    ['ended by the system', { signal: 'SIGKILL' }, 'held by the system'],
    ['not allowed', { error: 'EACCES' }, 'not allowed'],
    ['something of its own', { status: 1, stderr: 'cannot bind\n' }, null],
  ] as const)('%s', (_, change, reason) => {
    const complaint = complaintOf(end(change), null);
    expect(complaint?.reason).toBe(reason);
    expect(complaint?.said).not.toBe('');
  });

  it('says the server’s own fatal line, among all that it writes', () => {
    expect(complaintOf(end({ status: 255, stderr: refusedHome }), null)).toEqual({
      reason: null,
      said: "Cannot mkdir '/proc/.android': No such file or directory",
    });
    expect(complaintOf(end({ status: 0 }), null)).toBeNull();
  });

  it('is told by its first bytes what it was made for', () => {
    const elf = (machine: number) =>
      Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...Array(11).fill(0), machine, 0]);
    expect(madeForOther(elf(62), 'linux', 'x64')).toBeNull();
    expect(madeForOther(elf(3), 'linux', 'x64')).toBeNull();
    expect(madeForOther(elf(183), 'linux', 'x64')).toBe('a program for arm64, this computer is x64');
    expect(madeForOther(elf(62), 'linux', 'arm64')).toBe('a program for x64, this computer is arm64');
    expect(madeForOther(elf(62), 'darwin', 'x64')).toBe('a program for Linux');
    const windows = Uint8Array.from([0x4d, 0x5a, ...Array(18).fill(0)]);
    expect(madeForOther(windows, 'linux', 'x64')).toBe('a program for Windows');
    const mac = Uint8Array.from([0xcf, 0xfa, 0xed, 0xfe, ...Array(16).fill(0)]);
    expect([madeForOther(mac, 'linux', 'x64'), madeForOther(mac, 'darwin', 'arm64')]).toEqual([
      'a program for macOS',
      null,
    ]);
    expect(madeForOther(Buffer.from('#!/bin/sh\nexit 1\n# long enough'), 'linux', 'x64')).toBeNull();
  });
});

describe.skipIf(process.platform === 'win32')('programs that this computer cannot run', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'phonehome-start-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const program = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes, { mode: 0o755 });
    return join(folder, name);
  };

  it.skipIf(process.platform !== 'linux')('a program for another processor', async () => {
    const machine = process.arch === 'arm64' ? 62 : 183;
    const head = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...Array(9).fill(0), 2, 0, machine, 0, 1, 0, 0, 0];
    const complaint = await startServer(program('other', Uint8Array.from(head)), 1, {});
    expect(complaint).toMatchObject({ reason: 'other processor', said: expect.stringContaining('this computer is') });
  });

  it('a program whose loader is not there', async () => {
    const complaint = await startServer(program('loaderless', '#!/nowhere/loader\n'), 1, {});
    expect(complaint).toMatchObject({ reason: 'library missing' });
  });

  it('a program that the system ends', async () => {
    expect(await startServer(program('killed', '#!/bin/sh\nkill -9 $$\n'), 1, {})).toEqual({
      reason: 'held by the system',
      said: 'SIGKILL',
    });
  });
});

describe('what computer this is', () => {
  it.each([
    ['ID=debian\n', 'debian'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
    ["NAME=Fedora\nID='fedora'\n", 'fedora'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'fedora'],
    ['ID=manjaro\nID_LIKE=arch\n', 'arch'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'suse'],
    ['ID=nixos\n', 'other'],
    ['', 'other'],
  ] as const)('%j', (text, family) => expect(linuxFamily(text)).toBe(family));

  it('is read from its own files', () => {
    const root = mkdtempSync(join(tmpdir(), 'phonehome-root-'));
    try {
      expect(readSurroundings('linux', root)).toEqual({ platform: 'linux', linux: 'other', wsl: false });
      mkdirSync(join(root, 'etc'));
      mkdirSync(join(root, 'proc/sys/kernel'), { recursive: true });
      writeFileSync(join(root, 'etc/os-release'), 'ID=ubuntu\n');
      writeFileSync(join(root, 'proc/sys/kernel/osrelease'), '5.15.153.1-microsoft-standard-WSL2\n');
      expect(readSurroundings('linux', root)).toEqual({ platform: 'linux', linux: 'debian', wsl: true });
      expect(readSurroundings('win32', root)).toEqual({ platform: 'win32', linux: null, wsl: false });
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
