import type { Answer, PracticePhone } from '../practice-phone.ts';
import { fakeEnds, hostileNames } from './names.ts';

/** What the phone does to whoever asks it. Texts name commands by a part of their line. */
export interface Tricks {
  /** Users, apps, labels and networks have names that were chosen to break readers; the model's name is a script. */
  readonly names?: boolean;
  /** The answers to these commands never end. */
  readonly endless?: readonly string[];
  /** These commands complain at length: eight megabytes of standard error. */
  readonly complaining?: readonly string[];
  /** The answer to a command is padded to so many bytes. */
  readonly long?: Readonly<Record<string, number>>;
  /** In the middle of these answers stand texts that claim to be their end. */
  readonly falseEnds?: readonly string[];
}

const encoder = new TextEncoder();
const pieceBytes = 256 * 1024;

/** A command line in two: what was asked, and what the host put behind it to learn the status. */
function parted(line: string): { readonly asked: string; readonly behind: string } {
  const at = line.search(/; echo \S+$/);
  return at < 0 ? { asked: line, behind: '' } : { asked: line.slice(0, at), behind: line.slice(at) };
}

async function* bytesOf(answer: Answer): AsyncIterable<Uint8Array> {
  if (answer.stdout instanceof Uint8Array) yield answer.stdout;
  else yield* answer.stdout;
}

async function textOf(answer: Answer): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(answer)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Lines that look like a list of properties, so that a reader of any kind is kept busy. */
function filler(bytes: number): Uint8Array {
  const line = `[persist.sys.filler]: [${'f'.repeat(200)}]\n`;
  return encoder.encode(line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes));
}

async function* padded(first: AsyncIterable<Uint8Array>, most: number): AsyncIterable<Uint8Array> {
  let left = most;
  for await (const chunk of first) {
    yield chunk;
    left -= chunk.length;
  }
  const piece = filler(pieceBytes);
  for (; left > 0; left -= piece.length) yield left >= piece.length ? piece : piece.subarray(0, left);
}

async function* followed(first: AsyncIterable<Uint8Array>, then: () => Promise<Answer>): AsyncIterable<Uint8Array> {
  yield* first;
  yield* bytesOf(await then());
}

const userList = [
  'Users:',
  `\tUserInfo{0:${hostileNames.terminal}:c13} running`,
  `\tUserInfo{10:${hostileNames.lines}:1030} running`,
  `\tUserInfo{11:${hostileNames.page}:1030} running`,
  `\tUserInfo{999999999:${hostileNames.path}:13} running`,
  `\tUserInfo{12:${hostileNames.long}:13}`,
  '',
].join('\n');

/** What hostile names do to the text of an answer. */
function renamed(command: string, text: string): string {
  if (command === 'getprop') {
    return text
      .replace(
        /^\[ro\.product\.model\]: .*$/m,
        () => `[ro.product.model]: [${hostileNames.page}${hostileNames.terminal}]`,
      )
      .replace(/^\[ro\.product\.marketname\]: .*$/m, () => `[ro.product.marketname]: [${hostileNames.page}]`)
      .concat(`[ro.made.${hostileNames.path}]: [${hostileNames.lines}]\n[ro.long]: [${hostileNames.long}]\n`);
  }
  if (command.startsWith('getprop ro.product.model')) return `${hostileNames.page}${hostileNames.terminal}\n`;
  if (command === 'pm list users') return userList;
  if (command.startsWith('pm list packages')) {
    const line = (name: string) => `package:/data/app/${name}/base.apk=${name}  installer=${name} uid:10999\n`;
    return text + [hostileNames.path, hostileNames.shell, hostileNames.page, hostileNames.long].map(line).join('');
  }
  if (command.includes('query-activities')) {
    const names = [hostileNames.page, hostileNames.turned, hostileNames.terminal, hostileNames.path];
    let at = 0;
    return text.replaceAll(
      /nonLocalizedLabel=[^\n]*?(?= icon=)/g,
      () => `nonLocalizedLabel=${names[at++ % names.length]}`,
    );
  }
  if (command.includes('netstats')) {
    const names = [hostileNames.page, hostileNames.terminal, hostileNames.path, hostileNames.shell];
    let at = 0;
    return text.replaceAll(
      /(wifiNetworkKey|networkId)="[^\n]*?"(?=[\w-]*, (?:ROAMING|metered|defaultNetwork)|[}\]])/g,
      (_, key) => `${key}="${names[at++ % names.length]}"`,
    );
  }
  return text;
}

function withFalseEnds(text: string): string {
  const lines = text.split('\n');
  const middle = Math.floor(lines.length / 2);
  return [...lines.slice(0, middle), fakeEnds.join(''), ...lines.slice(middle)].join('\n');
}

const named = (parts: readonly string[] | undefined, command: string): boolean =>
  parts?.some((part) => command.includes(part)) ?? false;

/** A phone whose answers are meant to break, fill or mislead the one who asks. What is not named in `tricks` it answers as `phone` does. */
export function hostilePhone(phone: PracticePhone, tricks: Tricks): PracticePhone {
  const run = async (line: string): Promise<Answer> => {
    const { asked, behind } = parted(line);
    const long = Object.entries(tricks.long ?? {}).find(([part]) => asked.includes(part))?.[1];
    const endless = named(tricks.endless, asked);
    const complaining = named(tricks.complaining, asked);
    const lying = named(tricks.falseEnds, asked);
    if (!tricks.names && long === undefined && !endless && !complaining && !lying) return phone.run(line);
    const answer = await phone.run(asked);
    let stdout = bytesOf(answer);
    if (tricks.names || lying) {
      const text = tricks.names ? renamed(asked, await textOf(answer)) : await textOf(answer);
      const bytes = encoder.encode(lying ? withFalseEnds(text) : text);
      stdout = (async function* () {
        yield bytes;
      })();
    }
    if (endless) stdout = padded(stdout, Number.POSITIVE_INFINITY);
    else if (long !== undefined) stdout = padded(stdout, long);
    const stderr = complaining ? filler(8 * 1024 * 1024) : answer.stderr;
    if (behind === '') return { stdout, stderr, exit: answer.exit };
    return { stdout: followed(stdout, () => phone.run(`:${behind}`)), stderr, exit: 0 };
  };
  return {
    ...phone,
    model: tricks.names ? `${hostileNames.page}${hostileNames.path}` : phone.model,
    run,
    file: (path) => phone.file(path),
    list: (path) => phone.list(path),
  };
}
