import { connectSentence, pairSentence } from '../../../shared/text/connect-words.ts';
import { plainText } from '../../../shared/text/plain-text.ts';
import type { ConnectFailure, ConnectOutcome } from '../../../shared/types/device.ts';
import { askServer, type ServerAnswer } from './adb-query.ts';

/** The port on which phones before Android 11 listen, and which adb fills in by itself. */
const usualPort = 5555;
/** adb gives a connection ten seconds. */
const connectMs = 15_000;
/** A pairing waits for the phone. */
const pairMs = 30_000;

/** What the adb server's answer says, and the text that it says it with. */
interface Verdict {
  readonly failure: ConnectFailure | null;
  readonly said: string;
}

/**
 * An address as adb takes it, `host:port`, or null where the text is none: IPv4, IPv6 in brackets, or a name; a port from 1 to
 * 65535, which may only be left out where `port` is given to fill in. Nothing else of the text gets to the server, whose requests
 * are cut by colons.
 */
export function phoneAddress(text: string, port: number | null): string | null {
  const [, v6, name, said] =
    /^(?:(\[[0-9a-f:.]+(?:%[\w.-]+)?\])|([^\s:[\]]+))(?::(\d{1,5}))?$/i.exec(text.trim()) ?? [];
  const number = said === undefined ? port : Number(said);
  if (number === null || number < 1 || number > 65_535) return null;
  if (v6 !== undefined) return `${v6}:${number}`;
  if (name === undefined || name.length > 253) return null;
  if (/^[\d.]+$/.test(name)) {
    const parts = name.split('.');
    const fits = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
    return fits ? `${name}:${number}` : null;
  }
  return /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(name) ? `${name}:${number}` : null;
}

/** A pairing code: six digits, however they were spaced; null where it is none. */
export function pairingCode(text: string): string | null {
  const digits = text.replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

function without(answer: Exclude<ServerAnswer, { kind: 'okay' | 'fail' }>): ConnectFailure {
  switch (answer.kind) {
    case 'closed':
      return 'server-died';
    case 'silent':
      return 'no-answer';
    default:
      return 'no-server';
  }
}

/** The words with which adb's servers of all ages say that a connection failed (`socket_spec.cpp`, `client/adb_wifi.cpp`). */
function failureIn(said: string): ConnectFailure {
  if (/failed to authenticate/i.test(said)) return 'not-authorised';
  if (/resolve|not known|getaddrinfo|No such host/i.test(said)) return 'no-such-host';
  // 10061 is Windows' number for a refused connection.
  if (/refused|10061/i.test(said)) return 'refused';
  if (/timed out|timeout|unreachable|no route|100(51|60|65)|Operation now in progress/i.test(said))
    return 'unreachable';
  if (/bad port|parse|empty address|Invalid port/i.test(said)) return 'bad-address';
  return 'other';
}

/** What the answer to `host:pair` means. */
export function pairVerdict(answer: ServerAnswer): Verdict {
  if (answer.kind !== 'okay' && answer.kind !== 'fail') return { failure: without(answer), said: '' };
  const said = plainText(answer.text.trim());
  // Servers before adb 30 know no such question; later ones say what went wrong with either status, by their age.
  if (answer.kind === 'fail' && /unknown host service/i.test(said)) return { failure: 'server-too-old', said };
  if (answer.kind === 'okay' && /^Successfully paired/i.test(said)) return { failure: null, said };
  if (/wrong password|connection was dropped/i.test(said)) return { failure: 'wrong-code', said };
  if (/unable to start pairing client/i.test(said)) return { failure: 'unreachable', said };
  return { failure: failureIn(said), said };
}

/** What the answer to `host:connect` means. `serial` is the name under which the phone is listed from then on. */
export function connectVerdict(answer: ServerAnswer): Verdict & { serial: string | null; already: boolean } {
  const none = { serial: null, already: false };
  if (answer.kind !== 'okay' && answer.kind !== 'fail') return { failure: without(answer), said: '', ...none };
  const said = plainText(answer.text.trim());
  const made = /^(already )?connected to (.+)$/i.exec(said);
  if (made) return { failure: null, said, serial: made[2]!, already: made[1] !== undefined };
  return { failure: failureIn(said), said, ...none };
}

/** The name by which a paired phone announces itself, out of adb's answer, or null. */
export function pairedName(said: string): string | null {
  return /\[guid=([^\]]+)\]/.exec(said)?.[1] ?? null;
}

/**
 * Pairs with a phone. Address and code are checked before anything is sent; the code is in the one request and nowhere
 * else. `server` answers null once a server runs, else why none does. Never rejects.
 */
export async function pairPhone(
  port: number,
  text: string,
  codeText: string,
  server: () => Promise<string | null>,
): Promise<{ outcome: ConnectOutcome; name: string | null }> {
  const address = phoneAddress(text, null);
  const code = pairingCode(codeText);
  const failed = (failure: ConnectFailure, said = '') => ({
    outcome: {
      ok: false,
      sentence: pairSentence(failure, address ?? plainText(text, 100), said),
      serial: null,
      failure,
    },
    name: null,
  });
  if (address === null) return failed('bad-address');
  if (code === null) return failed('bad-code');
  const none = await server();
  if (none !== null) return failed('no-server', none);
  const { failure, said } = pairVerdict(await askServer(port, `host:pair:${code}:${address}`, pairMs));
  // A server that repeats the request in its complaint must not bring the code back.
  if (failure !== null) return failed(failure, said.replaceAll(code, '······'));
  return { outcome: { ok: true, sentence: pairSentence(null, address, said), serial: null }, name: pairedName(said) };
}

/** Connects to a phone over the network. The address is checked before anything is sent. Never rejects. */
export async function connectPhone(
  port: number,
  text: string,
  server: () => Promise<string | null>,
): Promise<ConnectOutcome> {
  // A service that mDNS found has no port in its name.
  const service = /^adb-[\w() -]+\._adb-tls-connect\._tcp\.?$/.test(text.trim()) ? text.trim() : null;
  const address = service ?? phoneAddress(text, usualPort);
  const failed = (why: ConnectFailure, what: string, answer: string): ConnectOutcome => ({
    ok: false,
    sentence: connectSentence(why, what, answer),
    serial: null,
    failure: why,
  });
  if (address === null) return failed('bad-address', plainText(text, 100), '');
  const none = await server();
  if (none !== null) return failed('no-server', address, none);
  const verdict = connectVerdict(await askServer(port, `host:connect:${address}`, connectMs));
  const { failure, said, serial, already } = verdict;
  if (failure !== null) return failed(failure, address, said);
  return { ok: true, sentence: connectSentence(null, address, said, already), serial };
}
