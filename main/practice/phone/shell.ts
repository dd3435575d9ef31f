import type { Answer } from '../practice-phone.ts';
import { type Command, parseLine, ready, ShellSyntaxError } from './parse.ts';

export interface Ran {
  readonly stdout: Uint8Array | string;
  readonly stderr?: string;
  readonly exit: number;
}

/** What a program of the phone is given. */
export interface Call {
  readonly args: readonly string[];
  readonly stdin: Uint8Array;
  readonly variables: Readonly<Record<string, string>>;
}

export type Program = (call: Call) => Ran;

const encoder = new TextEncoder();
const bytesOf = (out: Uint8Array | string): Uint8Array => (typeof out === 'string' ? encoder.encode(out) : out);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export interface ShellSetup {
  readonly sdk: number;
  readonly variables: Readonly<Record<string, string>>;
  /** The program of that name, or null. */
  find(name: string): Program | null;
}

/** Runs one line: a small `sh` that does what tools ask of a phone and refuses the rest aloud. */
export function runLine(setup: ShellSetup, line: string): Answer {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  const variables: Record<string, string> = { ...setup.variables };
  let exit = 0;
  const runOne = (command: Command, stdin: Uint8Array): { out: Uint8Array; err: Uint8Array } => {
    const [name, ...args] = command.words;
    if (name === undefined) {
      Object.assign(variables, command.variables);
      exit = 0;
      return { out: new Uint8Array(), err: new Uint8Array() };
    }
    const program = setup.find(name);
    const ran: Ran = program
      ? program({ args, stdin, variables: { ...variables, ...command.variables } })
      : {
          stdout: '',
          stderr: `/system/bin/sh: ${name}: ${setup.sdk >= 29 ? 'inaccessible or not found' : 'not found'}\n`,
          exit: 127,
        };
    exit = ran.exit;
    let stdout = bytesOf(ran.stdout);
    let stderr = bytesOf(ran.stderr ?? '');
    if (command.errToOut && !command.noErr) [stdout, stderr] = [joined([stdout, stderr]), new Uint8Array()];
    if (command.outToErr) [stdout, stderr] = [new Uint8Array(), joined([stderr, stdout])];
    return { out: command.noOut ? new Uint8Array() : stdout, err: command.noErr ? new Uint8Array() : stderr };
  };
  try {
    let stopped = false;
    for (const step of parseLine(line)) {
      if ((step.joint === '&&' && exit !== 0) || (step.joint === '||' && exit === 0)) continue;
      let flow: Uint8Array = new Uint8Array();
      for (const raw of step.pipeline) {
        const command = ready(raw, (key) => (key === '?' ? String(exit) : (variables[key] ?? '')));
        if (command.words[0] === 'exit') {
          exit = Number(command.words[1] ?? exit) & 255;
          stopped = true;
          flow = new Uint8Array();
          break;
        }
        const ran = runOne(command, flow);
        flow = ran.out;
        err.push(ran.err);
      }
      out.push(flow);
      if (stopped) break;
    }
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error;
    err.push(encoder.encode(`/system/bin/sh: ${error.message}\n`));
    exit = 1;
  }
  return { stdout: joined(out), stderr: joined(err), exit };
}
