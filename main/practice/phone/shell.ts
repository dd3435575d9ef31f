import type { Answer } from '../practice-phone.ts';
import { type Command, parseLine, ready, ShellSyntaxError } from './parse.ts';

/** What a program says. A stream is for what is long or has no end; it cannot go into a pipe. */
export interface Ran {
  readonly stdout: Uint8Array | string | AsyncIterable<Uint8Array>;
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
type Flow = Uint8Array | AsyncIterable<Uint8Array>;

const flowOf = (out: Ran['stdout']): Flow => (typeof out === 'string' ? encoder.encode(out) : out);
const isWhole = (flow: Flow): flow is Uint8Array => flow instanceof Uint8Array;

async function* inTurn(flows: readonly Flow[]): AsyncIterable<Uint8Array> {
  for (const flow of flows) {
    if (isWhole(flow)) yield flow;
    else yield* flow;
  }
}

/** Several outputs behind one another: whole where all of them are. */
const flowing = (flows: readonly Flow[]): Flow => (flows.every(isWhole) ? joined(flows) : inTurn(flows));

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
  const out: Flow[] = [];
  const err: Uint8Array[] = [];
  const variables: Record<string, string> = { ...setup.variables };
  const nothing = new Uint8Array();
  let exit = 0;
  const runOne = (command: Command, stdin: Uint8Array): { out: Flow; err: Uint8Array } => {
    const [name, ...args] = command.words;
    if (name === undefined) {
      Object.assign(variables, command.variables);
      exit = 0;
      return { out: nothing, err: nothing };
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
    let stdout = flowOf(ran.stdout);
    let stderr: Uint8Array = encoder.encode(ran.stderr ?? '');
    // What a program with an endless output complains of, it says before; others say their last word last.
    if (command.errToOut && !command.noErr)
      [stdout, stderr] = [flowing(isWhole(stdout) ? [stdout, stderr] : [stderr, stdout]), nothing];
    if (command.outToErr && isWhole(stdout)) [stdout, stderr] = [nothing, joined([stderr, stdout])];
    return { out: command.noOut ? nothing : stdout, err: command.noErr ? nothing : stderr };
  };
  try {
    let stopped = false;
    for (const step of parseLine(line)) {
      if ((step.joint === '&&' && exit !== 0) || (step.joint === '||' && exit === 0)) continue;
      let flow: Flow = nothing;
      for (const raw of step.pipeline) {
        const command = ready(raw, (key) => (key === '?' ? String(exit) : (variables[key] ?? '')));
        if (command.words[0] === 'exit') {
          exit = Number(command.words[1] ?? exit) & 255;
          stopped = true;
          flow = nothing;
          break;
        }
        if (!isWhole(flow)) throw new ShellSyntaxError('an output without end cannot go into a pipe of this phone');
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
  return { stdout: flowing(out), stderr: joined(err), exit };
}
