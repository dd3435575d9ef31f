import { describe, expect, it } from 'vitest';
import { type Answered, judge } from './judge.ts';

const answered = (said: Partial<Answered> & { readonly text?: string }): Answered => {
  const { text = '', ...rest } = said;
  return {
    ending: 'exit',
    exit: 0,
    bytes: text.length,
    head: text.slice(0, 16_384),
    tail: text.slice(-4096),
    stderr: '',
    neverEmpty: false,
    ...rest,
  };
};
const stateOf = (said: Partial<Answered> & { readonly text?: string }) => judge(answered(said)).state;

const dump = `Active interfaces:\n${'      st=1760770800 rb=0 rp=0 tb=135 tp=2 op=0\n'.repeat(500)}`;

describe('what an answer is worth', () => {
  it('is complete when an exit status of 0 proves it and it is no complaint', () => {
    expect(judge(answered({ text: dump }))).toEqual({ state: 'complete', why: null });
    expect(stateOf({ text: '' })).toBe('complete');
    expect(stateOf({ text: dump, stderr: 'WARNING: linker: unused DT entry\n' })).toBe('complete');
  });

  it('is never complete without the exit status', () => {
    expect(stateOf({ text: dump, ending: 'no proof', exit: null })).toBe('truncated');
    expect(stateOf({ text: dump, ending: 'timed out', exit: null })).toBe('timed out');
    expect(stateOf({ text: dump, ending: 'phone gone', exit: null })).toBe('interrupted');
    expect(stateOf({ text: dump, ending: 'cancelled', exit: null })).toBe('interrupted');
    expect(judge(answered({ ending: 'timed out', exit: null })).why).toContain('answered nothing');
  });

  it.each([
    "Permission Denial: can't dump netstats from from pid=4567, uid=2000 due to missing android.permission.DUMP permission\n",
    'Error: java.lang.SecurityException: Shell does not have permission to access user 150\n',
    "\nException occurred while executing 'list':\njava.lang.SecurityException: Neither user 2000 nor current process has android.permission.INTERACT_ACROSS_USERS\n\tat android.os.Parcel\n",
    'cat: /proc/net/tcp: Permission denied\n',
  ])('is refused, whatever the status and the stream: %j', (text) => {
    for (const exit of [0, 1, 255]) {
      expect(stateOf({ text, exit })).toBe('refused');
      expect(stateOf({ stderr: text, exit })).toBe('refused');
    }
  });

  it.each([
    "Can't find service: dnsresolver\n",
    "Can't find service: -t\n",
    'Error: Unknown option: -U\n',
    "Error: unknown command 'query-activities'\n",
    'Unknown command: query-activities\n',
    'cat: /proc/net/xt_qtaguid/stats: No such file or directory\n',
    'Invalid parameter "uid" to -v\n',
    "logcat: invalid option -- 'D'\n",
    'Unrecognized Option\n',
    "Error with service 'wifi' while dumping: FAILED_TRANSACTION\n",
    "the specified user id doesn't exist.\n",
    'FAIL:could not get the report\n',
    '/system/bin/sh: cmd: not found\n',
    '/system/bin/sh: cmd: inaccessible or not found\n',
    'cmd: Failure calling service package: Broken pipe (32)\n',
    'No shell command implementation.\n',
  ])('is unavailable, whatever the status and the stream: %j', (text) => {
    for (const exit of [0, 1, 127]) {
      expect(stateOf({ text, exit })).toBe('unavailable');
      expect(stateOf({ stderr: text, exit })).toBe('unavailable');
    }
  });

  it('goes by what is said first', () => {
    expect(stateOf({ text: 'Error: Unknown option: -U\nPermission Denial: in a name\n', exit: 1 })).toBe('unavailable');
    expect(stateOf({ text: 'Error: java.lang.SecurityException: no\nUnknown option\n', exit: 1 })).toBe('refused');
  });

  it('quotes what the phone said', () => {
    expect(judge(answered({ stderr: "Can't find service: netd\n" })).why).toBe(
      "This phone cannot say: “Can't find service: netd”.",
    );
  });

  it.each(['*** SERVICE DUMP TIMEOUT EXPIRED ***\n', "*** SERVICE 'netstats' DUMP TIMEOUT (10000ms) EXPIRED ***\n"])(
    'is truncated where dumpsys stopped waiting: %j',
    (marker) => {
      expect(stateOf({ text: `${dump}\n${marker}` })).toBe('truncated');
    },
  );

  it('does not take the words of a refusal inside an answer for one', () => {
    const packages = 'Packages:\n  Package [com.a] (1):\n    android.permission.DUMP: Permission denied by user\n';
    expect(stateOf({ text: packages })).toBe('complete');
    expect(stateOf({ text: `${dump}an app named *** SERVICE DUMP TIMEOUT EXPIRED ***\n` })).toBe('complete');
  });

  it('tells a part from nothing where the status is not 0', () => {
    expect(stateOf({ text: 'package:com.a\n', exit: 137 })).toBe('truncated');
    expect(stateOf({ exit: 137 })).toBe('unavailable');
  });

  it('takes emptiness for an answer only where it can be one', () => {
    expect(stateOf({ neverEmpty: true })).toBe('unavailable');
    expect(stateOf({ neverEmpty: false })).toBe('complete');
  });

  it('is truncated where it was longer than what is taken, however it ended then', () => {
    for (const ending of ['cancelled', 'exit', 'timed out'] as const)
      expect(judge(answered({ text: dump, ending, exit: null, cutAt: 64_000_000 }))).toEqual({
        state: 'truncated',
        why: 'The answer was longer than 64.0 MB; what came after them was not taken.',
        final: true,
      });
  });

  it('is truncated where the service broke off in the middle, although the status is 0', () => {
    const broke = "Error with service 'netstats' while dumping: DEAD_OBJECT\n";
    expect(stateOf({ text: dump, stderr: broke })).toBe('truncated');
    expect(stateOf({ text: `${dump}${broke}` })).toBe('truncated');
    expect(stateOf({ text: `${dump}${broke}more\n` })).toBe('complete');
  });

  describe('several files in one command', () => {
    const files = ['/proc/net/tcp', '/proc/net/tcp6', '/proc/net/udp'];
    const denied = (path: string) => `cat: ${path}: Permission denied\n`;
    const gone = (path: string) => `cat: ${path}: No such file or directory\n`;
    const text = '1763800000.5\n100.00 200.00\n  sl  local_address\n';

    it('some refused: the rest counts, and the refusal is told', () => {
      const judged = judge(answered({ text, exit: 1, files, stderr: denied(files[1]!) }));
      expect(judged).toEqual({
        state: 'truncated',
        why: 'The phone did not give one file of 3: “cat: /proc/net/tcp6: Permission denied”.',
        final: true,
      });
      // Phones before Android 7 have one stream for both.
      expect(stateOf({ text: `${denied(files[0]!)}${text}`, exit: 1, files })).toBe('truncated');
    });

    it('all refused: it is a refusal, whatever else the command printed', () => {
      const stderr = files.map(denied).join('');
      expect(judge(answered({ text, exit: 1, files, stderr }))).toEqual({
        state: 'refused',
        why: 'The phone refused: “cat: /proc/net/tcp: Permission denied”.',
      });
      expect(
        stateOf({ text, exit: 1, files, stderr: `${gone(files[0]!)}${denied(files[1]!)}${denied(files[2]!)}` }),
      ).toBe('refused');
    });

    it('none there: it is not to be had', () => {
      expect(stateOf({ text, exit: 1, files, stderr: files.map(gone).join('') })).toBe('unavailable');
      expect(stateOf({ text, exit: 0, files })).toBe('complete');
    });
  });

  it('wants the line with which a whole answer ends, where there is one', () => {
    const wholeWith = /^OK:/m;
    expect(stateOf({ text: 'BEGIN:/x\nPROGRESS:1/2\nOK:/x\n', wholeWith })).toBe('complete');
    expect(stateOf({ text: 'BEGIN:/x\nPROGRESS:1/2\n', wholeWith })).toBe('truncated');
    expect(judge(answered({ text: 'BEGIN:/x\nFAIL:no space left\n', wholeWith }))).toEqual({
      state: 'unavailable',
      why: 'This phone cannot say: “FAIL:no space left”.',
    });
  });

  it('quotes what cannot be seen by its number, and never at length', () => {
    const { why } = judge(answered({ stderr: `Permission denied \u001b[2J\u202e${'x'.repeat(100_000)}`, exit: 1 }));
    expect(why).toMatch(/^The phone refused: “Permission denied \[U\+001B\]\[2J\[U\+202E\]x+…”\.$/);
    expect(why!.length).toBeLessThan(250);
  });

  it('takes a file for what it is, whatever its words look like, and for whole only at its size', () => {
    const file = { bytes: 30 };
    const text = 'cat: /x: Permission denied\n...';
    expect(judge(answered({ text, file }))).toEqual({ state: 'complete', why: null });
    expect(stateOf({ text, file: { bytes: null } })).toBe('complete');
    // It may have grown since its size was asked for; it cannot have shrunk and be whole.
    expect(stateOf({ text, file: { bytes: 20 } })).toBe('complete');
    expect(judge(answered({ text, file: { bytes: 1234 } }))).toEqual({
      state: 'truncated',
      why: 'The phone said that the file has 1\u202f234 bytes and gave 30.',
    });
    expect(stateOf({ text: '', stderr: 'cat: /x: Permission denied\n', exit: 1, file })).toBe('refused');
    expect(stateOf({ text: '', stderr: 'cat: /x: No such file or directory\n', exit: 1, file })).toBe('unavailable');
    expect(stateOf({ text, ending: 'no proof', exit: null, file })).toBe('truncated');
  });
});
