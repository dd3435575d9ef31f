import type { Answer, PhoneFile, PracticePhone } from '../../main/practice/practice-phone.ts';

/** A short answer for scripts. */
export interface ScriptedAnswer {
  readonly stdout?: string | Uint8Array;
  readonly stderr?: string;
  readonly exit?: number;
}

export interface Script {
  readonly serial?: string;
  readonly sdk?: number;
  readonly model?: string;
  /** Commands by their exact line, or one function for all of them; null means that the shell does not know it. */
  readonly answers?: Readonly<Record<string, ScriptedAnswer>> | ((command: string) => ScriptedAnswer | null);
  /** Files by absolute path. Folders follow from them. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

const encoder = new TextEncoder();

const bytesOf = (value: string | Uint8Array | undefined): Uint8Array =>
  typeof value === 'string' ? encoder.encode(value) : (value ?? new Uint8Array());

/** A phone whose answers are written down beforehand: for tests of what carries answers, not of what they say. */
export function scriptedPhone(script: Script = {}): PracticePhone {
  const files = new Map(Object.entries(script.files ?? {}));
  const fileOf = (bytes: Uint8Array): PhoneFile => ({ mode: 0o100644, mtime: 1_700_000_000, bytes });
  const folder: PhoneFile = { mode: 0o040755, mtime: 1_700_000_000, bytes: new Uint8Array() };
  const { answers = {} } = script;
  return {
    serial: script.serial ?? 'SCRIPTED1',
    product: 'scripted_product',
    model: script.model ?? 'Scripted_Model',
    device: 'scripted',
    sdk: script.sdk ?? 34,
    async run(line): Promise<Answer> {
      // The one piece of shell that the host itself adds: a last line that carries the exit status.
      const behind = /^(.*); echo ([\w]*)\$\?([\w]*)$/s.exec(line);
      if (behind) {
        const [, command = '', before = '', after = ''] = behind;
        const answer = await this.run(command);
        const last = encoder.encode(`${before}${answer.exit}${after}\n`);
        return { ...answer, stdout: Buffer.concat([answer.stdout as Uint8Array, last]), exit: 0 };
      }
      const commandLine = line;
      const found = typeof answers === 'function' ? answers(commandLine) : (answers[commandLine] ?? null);
      if (!found) {
        const word = commandLine.split(' ')[0] ?? '';
        return { stdout: new Uint8Array(), stderr: encoder.encode(`/system/bin/sh: ${word}: not found\n`), exit: 127 };
      }
      return { stdout: bytesOf(found.stdout), stderr: bytesOf(found.stderr), exit: found.exit ?? 0 };
    },
    file(path) {
      const bytes = files.get(path);
      return bytes ? fileOf(bytes) : null;
    },
    list(path) {
      const prefix = path === '/' ? '/' : `${path}/`;
      const names = new Map<string, PhoneFile>();
      for (const [full, bytes] of files) {
        if (!full.startsWith(prefix)) continue;
        const [name = '', ...below] = full.slice(prefix.length).split('/');
        if (name !== '') names.set(name, below.length > 0 ? folder : fileOf(bytes));
      }
      return names.size === 0 ? null : [...names].map(([name, file]) => ({ name, file }));
    },
  };
}
