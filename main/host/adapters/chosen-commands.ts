import type { RunOptions } from '../../engine/ports/device-bridge.ts';
import { choiceOf, isFolderOf, isPath } from './chosen-paths.ts';
import { readingPrograms } from './reading-commands.ts';
import { dumpsysRefusal } from './reading-dumpsys.ts';
import { splitCommandLine } from './shell-words.ts';

type Allow = NonNullable<RunOptions['allow']>;

/** What a command of a choice is held to be: none of these, let through, or refused with the rest of a sentence. */
export type ChosenVerdict = { readonly kind: 'other' } | { readonly kind: 'read' } | Refused;
type Refused = { readonly kind: 'refused'; readonly why: string };

const read = { kind: 'read' } as const;
const other = { kind: 'other' } as const;
const refused = (why: string): Refused => ({ kind: 'refused', why });
const notKnown = (words: readonly string[]) =>
  refused(`“${words.join(' ')}” is not on the list of commands that only read`);

const notAsked = {
  root: 'it would use root, and was not asked for',
  files: 'it would read files of the owner, and was not asked for',
  apks: 'it would read an app’s package, and was not asked for',
} as const;

/** `stat` prints size, time of change and name, and nothing else. */
const statForm = '%s %Y %n';
const names = ['bugreport*', 'PCAPdroid*'];
const tcpdump = ['-i', 'any', '-n', '-s', '0', '-U', '-w', '-'];

/** All paths of one choice that was asked for, or why not. */
function paths(program: string, args: readonly string[], allow: Allow, holds: 'files' | 'folders'): ChosenVerdict {
  if (args.length === 0) return refused('it would wait for input');
  for (const arg of args) {
    const choice = holds === 'files' ? choiceOf(arg) : (isFolderOf(arg) ?? choiceOf(arg));
    if (choice === null || !isPath(arg)) return notKnown([program, ...args]);
    if (!allow.includes(choice)) return refused(notAsked[choice]);
  }
  return read;
}

/** `find FOLDER… [-maxdepth N] -type f [-name PATTERN] -print0`: it only names files. */
function find(args: readonly string[], allow: Allow): ChosenVerdict {
  const first = args.findIndex((arg) => arg.startsWith('-') || arg === '!' || arg === '(');
  const folders = args.slice(0, Math.max(0, first));
  const rest = args.slice(folders.length);
  const depth = rest[0] === '-maxdepth' && /^[1-9]$/.test(rest[1] ?? '') ? rest.splice(0, 2) : [];
  const named = rest[2] === '-name' && names.includes(rest[3] ?? '') ? rest.splice(2, 2) : [];
  if (rest.join(' ') !== '-type f -print0') return notKnown(['find', ...folders, ...depth, ...named, ...rest]);
  for (const folder of folders) {
    const choice = isFolderOf(folder);
    if (choice === null) return notKnown(['find', ...args]);
    if (!allow.includes(choice)) return refused(notAsked[choice]);
  }
  return folders.length > 0 ? read : notKnown(['find', ...args]);
}

/** Every packet to standard output, in the one form; adb's own connection over the network may be left out. */
function packets(args: readonly string[]): ChosenVerdict {
  const filter = args.slice(tcpdump.length).join(' ');
  const plain = tcpdump.every((word, at) => args[at] === word);
  return plain && (filter === '' || /^not tcp port \d{1,5}$/.test(filter)) ? read : notKnown(['tcpdump', ...args]);
}

/** What root may be used for: to say who it is, to read in its folders, to ask one service, to copy packets. */
function asRoot([program = '', ...args]: readonly string[]): ChosenVerdict {
  switch (program) {
    case 'id':
      return args.length === 0 ? read : notKnown(['id', ...args]);
    case 'cat':
      return paths('cat', args, ['root'], 'files');
    case 'stat':
      return args[0] === '-c' && args[1] === statForm
        ? paths('stat', args.slice(2), ['root'], 'files')
        : notKnown([program, ...args]);
    case 'ls':
      return args[0] === '-l' ? paths('ls', args.slice(1), ['root'], 'folders') : notKnown([program, ...args]);
    case 'find':
      return find(args, ['root']);
    case 'tcpdump':
      return packets(args);
    case 'dumpsys': {
      const plain = args[0] === '-t' ? args.slice(2) : args;
      return plain[0] === 'dnsresolver' && dumpsysRefusal(args) === null ? read : notKnown([program, ...args]);
    }
    default:
      return refused(`“${program}” is not on the list of what root is used for`);
  }
}

/** `su -c 'COMMAND'` and `su 0 COMMAND`: one command, which is held to the rules for root itself. */
function su(args: readonly string[], allow: Allow): ChosenVerdict {
  if (!allow.includes('root')) return refused(notAsked.root);
  const [first = '', ...rest] = args;
  if (first === '0' && rest.length > 0) return asRoot(rest);
  if (first !== '-c' || rest.length !== 1) return notKnown(['su', ...args]);
  const inner = splitCommandLine(rest[0] ?? '');
  if ('refused' in inner) return refused(inner.refused);
  return inner.commands.length === 1 ? asRoot(inner.commands[0]!) : refused('it would do more than one thing as root');
}

/**
 * Judges the commands that belong to a choice of the examiner: files of the owner, packages of apps, and what root is used
 * for, through `su` or by an adb that is root itself. `other`: it is none of them, and other rules decide.
 */
export function chosenVerdict(words: readonly string[], allow: Allow): ChosenVerdict {
  const [program = '', ...args] = words;
  switch (program) {
    case 'su':
      return su(args, allow);
    case 'tcpdump':
      return allow.includes('root') ? packets(args) : refused(notAsked.root);
    case 'find':
      return find(args, allow);
    case 'stat':
      return args[0] === '-c' && args[1] === statForm ? paths('stat', args.slice(2), allow, 'files') : notKnown(words);
    case 'ls':
      return args[0] === '-l' ? paths('ls', args.slice(1), allow, 'folders') : notKnown(words);
    case 'cat':
      // What the plan itself may read, nobody need ask for.
      if (readingPrograms.get('cat')?.(args) === null) return other;
      return args.some((arg) => choiceOf(arg) !== null) ? paths('cat', args, allow, 'files') : other;
    default:
      return other;
  }
}
