import { spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import type { CannotRunReason } from '../../../shared/text/adb-advice.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import type { Environment } from './adb-places.ts';

/** Why an adb program did not start a server: its own best words, and the reason where the program itself cannot be run. */
export interface StartComplaint {
  readonly reason: CannotRunReason | null;
  readonly said: string;
}

/** How a program that was started ended. */
export interface ProgramEnd {
  /** Node's code where it did not start at all (`ENOENT`, `EACCES`). */
  readonly error: string | null;
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

const startMs = 20_000;
const headBytes = 20;
/** Windows: a library is missing (STATUS_DLL_NOT_FOUND); not a program for this processor (STATUS_INVALID_IMAGE_FORMAT). */
const windowsNoLibrary = 0xc0000135;
const windowsNoImage = 0xc000007b;

/** Processors of ELF files (`e_machine`), by the name that Node has for them. */
const elfMachines: Readonly<Record<number, readonly string[]>> = {
  3: ['ia32', 'x64'],
  40: ['arm', 'arm64'],
  62: ['x64'],
  183: ['arm64'],
  243: ['riscv64'],
};

/**
 * What system and processor a program was made for, by its first bytes; null where it is made for this one, is a script, or is of a
 * kind that is not known. Needed because a program for another processor is handed to the shell, which complains of its
 * bytes and not of it.
 */
export function madeForOther(head: Uint8Array, platform: string, arch: string): string | null {
  const bytes = Buffer.from(head);
  if (bytes.length < headBytes) return null;
  const magic = bytes.readUInt32BE(0);
  if (magic === 0x7f454c46) {
    if (platform === 'darwin' || platform === 'win32') return 'a program for Linux';
    const machine = bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18);
    const fits = elfMachines[machine];
    return fits === undefined || fits.includes(arch) ? null : `a program for ${fits[0]}, this computer is ${arch}`;
  }
  if (bytes.toString('latin1', 0, 2) === 'MZ') return platform === 'win32' ? null : 'a program for Windows';
  if ([0xcffaedfe, 0xcefaedfe, 0xcafebabe].includes(magic)) return platform === 'darwin' ? null : 'a program for macOS';
  return null;
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(headBytes);
  try {
    const file = openSync(path, 'r');
    try {
      return head.subarray(0, readSync(file, head));
    } finally {
      closeSync(file);
    }
  } catch {
    return head.subarray(0, 0);
  }
}

/** The line that says most of what a failed `adb start-server` wrote: the server's own fatal line stands among its greetings. */
function bestLine(stderr: string): string | null {
  const lines = stderr.split('\n').map((line) => line.trim());
  const fatal = lines.findLast((line) => /^adb F /.test(line));
  if (fatal !== undefined) return fatal.replace(/^adb F [^\]]*\] ?/, '');
  const telling = lines.filter(
    (line) =>
      line !== '' &&
      !/^(\* |adb [A-Z] |--- |Full server startup log|Server had pid|error: cannot connect to daemon|cannot connect to daemon|ADB server didn't ACK)/.test(
        line,
      ),
  );
  return telling.at(-1) ?? lines.findLast((line) => line !== '') ?? null;
}

/** What the end of a program that should have started a server means; null where it did. `other` comes from `madeForOther`. */
export function complaintOf(end: ProgramEnd, other: string | null): StartComplaint | null {
  if (end.status === 0) return null;
  const line = bestLine(end.stderr);
  const because = (reason: CannotRunReason | null, said: string): StartComplaint => ({
    reason,
    said: plainText(said),
  });
  // qemu and its like run programs for other processors well: only one that failed is judged by its first bytes.
  if (other !== null) return because('other processor', other);
  switch (end.error) {
    case null:
      break;
    case 'ENOEXEC':
    case 'EBADARCH':
    case 'Unknown system error -86':
      return because('other processor', 'the system cannot run it');
    case 'ENOENT':
      return because('library missing', 'the loader that it asks for is not there');
    case 'EACCES':
    case 'EPERM':
      return because('not allowed', end.error);
    default:
      return because(null, end.error);
  }
  if (/GLIBC(XX)?_[\d.]+/.test(end.stderr)) return because('system too old', line ?? '');
  if (/error while loading shared libraries|Library not loaded|cannot open shared object/.test(end.stderr)) {
    const missing = end.stderr.split('\n').find((one) => /shared libraries|Library not loaded|shared object/.test(one));
    return because('library missing', (missing ?? line ?? '').trim());
  }
  if (end.status === windowsNoLibrary) return because('library missing', 'a DLL is not there');
  if (end.status === windowsNoImage) return because('other processor', 'not a program for this Windows');
  if (end.signal === 'SIGKILL') return because('held by the system', end.signal);
  if (end.signal === 'SIGILL') return because('other processor', end.signal);
  return because(null, line ?? (end.signal === null ? `status ${end.status}` : `ended by ${end.signal}`));
}

/**
 * Runs `adb start-server`. Only ever called when nothing listens on the port: with a server of another version there,
 * the same command would kill it. Answers null where adb says that it worked.
 */
export function startServer(path: string, port: number, environment: Environment): Promise<StartComplaint | null> {
  return new Promise((resolve) => {
    const child = spawn(path, ['-P', String(port), 'start-server'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
      env: { ...environment },
    });
    let stderr = '';
    let tookTooLong = false;
    const finish = (end: Omit<ProgramEnd, 'stderr'>) => {
      clearTimeout(timer);
      child.stderr.destroy();
      if (tookTooLong) resolve({ reason: null, said: 'it did not start within 20 seconds' });
      else resolve(complaintOf({ ...end, stderr }, madeForOther(headOf(path), process.platform, process.arch)));
    };
    const timer = setTimeout(() => {
      tookTooLong = true;
      child.kill();
    }, startMs);
    child.stderr.on('data', (piece) => {
      stderr = `${stderr}${piece}`.slice(-16_000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const unnamed = /Unknown system error -\d+/.exec(error.message)?.[0];
      finish({ error: unnamed ?? error.code ?? error.message, status: null, signal: null });
    });
    // The server that stays behind may hold the pipe open: the end of the starter counts, not of the pipe. What it wrote last
    // is in the pipe by then.
    child.on('exit', (status, signal) =>
      setTimeout(() => finish({ error: null, status, signal }), status === 0 ? 0 : 50),
    );
  });
}
