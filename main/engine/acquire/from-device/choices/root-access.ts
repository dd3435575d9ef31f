import { plainText } from '../../../../../shared/text/plain-text.ts';
import type { PhoneLook } from '../../../../../shared/types/device.ts';
import { type Asking, askPhone, type Said } from './ask-phone.ts';
import { phoneQuote } from './phone-quote.ts';

/** How commands run as root: adb is root itself, or through `su` with one of its two forms of words. */
export type RootAccess = 'adbd' | 'su -c' | 'su 0';

/** The command line that runs one simple command as root. */
export function asRoot(access: RootAccess, command: string): string {
  switch (access) {
    case 'adbd':
      return command;
    case 'su -c':
      return `su -c ${phoneQuote(command)}`;
    case 'su 0':
      return `su 0 ${command}`;
  }
}

/** What came of asking for root, with one sentence. */
export interface RootFound {
  readonly access: RootAccess | null;
  readonly state: PhoneLook['root']['state'];
  readonly sentence: string;
  /** The command that decided. */
  readonly command: string;
  /** How it ended: what a step of the acquisition says that lacks it. */
  readonly outcome: 'complete' | 'refused' | 'unavailable' | 'timed out';
}

/** A manager of root rights asks its owner for ten seconds or so, and then says no by itself. */
const answerMs = 15_000;

const isRoot = ({ text, exit }: Said) => exit === 0 && /^uid=0\b/m.test(text);
const absent = /not found|No such file/i;
const denied = /denied|not allowed|not permitted/i;

const firstLine = ({ text, stderr }: Said) => plainText(`${stderr}\n${text}`.trim().split('\n', 1)[0] ?? '', 160);

/**
 * Asks for root: is adb root itself, else is there a `su` that gives it. The owner of the phone may be asked on its screen.
 * `tellChange` is told before `su` is first sent, since `su` itself may note that it was asked. Rejects with Failure `phone-gone` or `cancelled`.
 */
export async function findRoot(at: Asking & { tellChange(command: string): Promise<void> }): Promise<RootFound> {
  const options = { allow: ['root'], timeoutMs: answerMs, mostBytes: 4096 } as const;
  if (isRoot(await askPhone(at, 'id', options))) {
    const sentence = 'On this phone adb itself runs as root: nothing more has to be asked for.';
    return { access: 'adbd', state: 'adbd', sentence, command: 'id', outcome: 'complete' };
  }
  await at.tellChange(asRoot('su -c', 'id'));
  for (const access of ['su -c', 'su 0'] as const) {
    const command = asRoot(access, 'id');
    const said = await askPhone(at, command, options);
    const found = judgeRoot(access, command, said);
    // An older `su` knows no -c and takes it for the name of a user.
    if (found) return found;
  }
  return none('su 0 id');
}

function judgeRoot(access: RootAccess, command: string, said: Said): RootFound | null {
  if (isRoot(said)) {
    const sentence = `The phone gave root through “su”, which may have shown a notice on its screen and notes each use.`;
    return { access, state: 'su', sentence, command, outcome: 'complete' };
  }
  if (said.ending === 'timed out') {
    const sentence = `“su” gave no answer within ${answerMs / 1000} s: a question may stand on the phone’s screen. Allow it there and try again.`;
    return { access: null, state: 'refused', sentence, command, outcome: 'timed out' };
  }
  const words = firstLine(said);
  if (said.exit === 127 || absent.test(words)) return none(command);
  if (!denied.test(words) && access === 'su -c') return null;
  const reason = words === '' ? 'it said nothing' : `“${words}”`;
  const sentence = `The phone has “su” and it refused: ${reason}. Its screen or the settings of its root manager can allow it.`;
  return { access: null, state: 'refused', sentence, command, outcome: 'refused' };
}

function none(command: string): RootFound {
  const sentence = 'This phone has no root that adb could use: adb is not root, and there is no “su”.';
  return { access: null, state: 'none', sentence, command, outcome: 'unavailable' };
}
