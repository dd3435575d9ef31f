import type { RootWay } from '../world/options.ts';
import type { Program, Ran } from './shell.ts';

const denied: Ran = { stdout: '', stderr: 'Permission denied\n', exit: 13 };

/** A question on the phone's screen that nobody answers. */
async function* forever(): AsyncIterable<Uint8Array> {
  for (;;) {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 100);
    });
    yield new Uint8Array();
  }
}

/** Magisk's `su`: all words behind `-c` are the command. Source: Magisk, native/src/core/su. */
function magisk(asRoot: (line: string) => Ran): Program {
  return ({ args }) => {
    if (args.includes('-v') || args.includes('--version')) return { stdout: '27.0:MAGISKSU\n', exit: 0 };
    if (args.includes('-V')) return { stdout: '27000\n', exit: 0 };
    const at = args.findIndex((arg) => arg === '-c' || arg === '--command');
    // Without a command it is a shell that reads what nobody types.
    return at < 0 ? { stdout: '', exit: 0 } : asRoot(args.slice(at + 1).join(' '));
  };
}

/** The `su` of builds for developers: first who, then the command. Source: AOSP system/extras/su. */
function engineer(asRoot: (line: string) => Ran): Program {
  return ({ args }) => {
    const [who, ...words] = args;
    if (who === undefined) return { stdout: '', exit: 0 };
    if (!/^(?:root|0)(?:,0)?$/.test(who)) return { stdout: '', stderr: `su: invalid uid/gid '${who}'\n`, exit: 1 };
    // Words that the first shell has read are not read again.
    return asRoot(
      words.map((word) => (/^[\w./:=+,%@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' '),
    );
  };
}

/** The program `su` of a phone on which root is had that way, or null where there is none. */
export function suProgram(way: RootWay | null, asRoot: (line: string) => Ran): Program | null {
  switch (way) {
    case 'su':
      return magisk(asRoot);
    case 'eng':
    case 'adbd':
      return engineer(asRoot);
    case 'denied':
      return ({ args }) =>
        args.includes('-v') || args.includes('-V')
          ? magisk(asRoot)({ args, stdin: new Uint8Array(), variables: {} })
          : denied;
    case 'silent':
      return () => ({ stdout: forever(), exit: 13 });
    default:
      return null;
  }
}
