import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { PASSPHRASE } from '../../main/shells/cli/passphrase.ts';
import { phonehome, type Said } from '../support/cli.ts';
import { temporaryFolder } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';
import { hasOpenssl, timeAuthority } from '../support/time-authority.ts';

const secret = 'a window over the harbour';
const program = join(import.meta.dirname, '../../main/cli.ts');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const at = (name: string) => join(folder.path, name);
const run = (args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Said> =>
  phonehome([...args, '--quiet'], { env: { PHONEHOME_HOME: at('home'), [PASSPHRASE]: secret, ...env } });

async function done(args: readonly string[], env: Record<string, string | undefined> = {}): Promise<string> {
  const said = await run(args, env);
  expect(said.exit, said.err).toBe(0);
  return said.out;
}
async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  return JSON.parse(await done([...args, '--json'])) as T;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(at('dump.txt'), netstatsText({ uid: 10_123, buckets: 6 }));
  await done(['import', '--case', at('case'), at('dump.txt')]);
  await done(['key', 'create', '--name', 'Dr. A. Sundaram', '--out', at('public.pem')]);
  return () => folder[Symbol.asyncDispose]();
}, 60_000);

describe('key', () => {
  test('shows what was made, and never the secret half', async () => {
    const view = await json('key');
    expect(view).toMatchObject({ name: 'Dr. A. Sundaram', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await readFile(at('public.pem'), 'utf8')).toBe(view.publicKey);
    expect(JSON.stringify(view)).not.toContain('PRIVATE');
    expect(await done(['key', 'show'])).toContain(String(view.fingerprint));
  });

  test('is made once', async () => {
    const said = await run(['key', 'create']);
    expect(said).toMatchObject({ exit: 3, out: '' });
    expect(said.err).toMatch(/^There is a signing key already/);
  });

  test('takes a passphrase from no argument, and without a terminal only from the environment', async () => {
    expect((await run(['sign', '--case', at('case'), '--passphrase', secret])).exit).toBe(2);
    const said = await run(['sign', '--case', at('case')], { [PASSPHRASE]: undefined });
    expect(said.exit).toBe(2);
    expect(said.err).toContain(PASSPHRASE);
    expect(said.err.trimEnd().split('\n')).toHaveLength(1);
  });
});

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.log('Left out: there is no `script` of util-linux here to ask for a passphrase at a terminal.');

/** Runs the program at a terminal of its own and types each answer after its question; all that the terminal showed. */
function atTerminal(args: readonly string[], answers: readonly (readonly [string, string])[], home: string) {
  const command = [process.execPath, program, ...args].map((part) => `'${part}'`).join(' ');
  const env: NodeJS.ProcessEnv = { ...process.env, PHONEHOME_HOME: home };
  delete env[PASSPHRASE];
  const child = spawn('script', ['-qec', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  return new Promise<{ shown: string; exit: number | null }>((resolve) => {
    let shown = '';
    let next = 0;
    child.stdout.on('data', (chunk) => {
      shown += chunk;
      const waiting = answers[next];
      if (!waiting || !shown.endsWith(waiting[0])) return;
      next += 1;
      child.stdin.write(waiting[1]);
    });
    child.on('close', (exit) => resolve({ shown, exit }));
  });
}

describe.skipIf(!hasScript)('at a terminal', () => {
  test('the passphrase is asked for twice and not shown; a slip can be taken back', async () => {
    const answers = [
      ['New passphrase: ', 'seven greem\u007fn lamps\r'],
      ['The same again: ', 'seven green lamps\r'],
    ] as const;
    const { shown, exit } = await atTerminal(['key', 'create', '--quiet'], answers, at('terminal'));
    expect(exit, shown).toBe(0);
    expect(shown).toContain('Fingerprint');
    expect(shown).not.toContain('lamps');
    await cp(at('case.phonehome'), at('typed.phonehome'), { recursive: true });
    const asked = [['Passphrase of the signing key: ', 'seven green lamps\r']] as const;
    const signed = await atTerminal(['sign', '--quiet', '--case', at('typed')], asked, at('terminal'));
    expect(signed.exit, signed.shown).toBe(0);
  });

  test('two that differ make no key, and Ctrl-C does nothing', async () => {
    const differ = [
      ['New passphrase: ', 'seven green lamps\r'],
      ['The same again: ', 'seven green lambs\r'],
    ] as const;
    const said = await atTerminal(['key', 'create'], differ, at('terminal-2'));
    expect(said.exit).toBe(2);
    expect(said.shown).toContain('differ');
    const stopped = await atTerminal(['key', 'create'], [['New passphrase: ', 'seven\u0003']], at('terminal-2'));
    expect(stopped.exit).toBe(3);
    expect((await run(['key'], { PHONEHOME_HOME: at('terminal-2') })).err).toContain('no signing key yet');
  });
});

describe('sign and verify', () => {
  test('hold on another account’s read-only copy with nothing but the public key', async () => {
    await cp(at('case.phonehome'), at('signed.phonehome'), { recursive: true });
    const signed = await json('sign', '--case', at('signed'));
    expect(signed).toMatchObject({ manifest: 'signatures/manifest-1.json', files: 1, name: 'Dr. A. Sundaram' });
    await cp(at('signed.phonehome'), at('copy.phonehome'), { recursive: true });
    await chmod(at('copy.phonehome'), 0o555);
    await chmod(folder.path, 0o755);
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    const said = await phonehome(['verify', '--quiet', '--case', at('copy'), '--key', at('public.pem')], {
      env: { PHONEHOME_HOME: at('nobody'), [PASSPHRASE]: undefined },
      ...(uid === undefined ? {} : { uid }),
    });
    expect(said.exit, said.err).toBe(0);
    expect(said.out).toMatch(/^All \d+ checks hold\.\nSigned at .* by Dr\. A\. Sundaram, key [0-9a-f]{64}\./);
    await chmod(at('copy.phonehome'), 0o755);
  });

  test('a wrong passphrase is one sentence, and nothing is signed', async () => {
    await cp(at('case.phonehome'), at('wrong.phonehome'), { recursive: true });
    const said = await run(['sign', '--case', at('wrong')], { [PASSPHRASE]: 'a window over the garden' });
    expect(said.exit).toBe(3);
    expect(said.err).toBe('The passphrase does not open the signing key. Nothing was signed.\n');
    expect(await readdir(at('wrong.phonehome'))).not.toContain('signatures');
  });

  test('another key ends with 1', async () => {
    await done(['key', 'create', '--out', at('other.pem')], { PHONEHOME_HOME: at('other-home') });
    const said = await run(['verify', '--case', at('signed'), '--key', at('other.pem')]);
    expect(said.exit).toBe(1);
    expect(said.out).toContain('not by the key that was asked for');
  });
});

if (!hasOpenssl) console.log('Left out: there is no OpenSSL on this machine to give time stamps.');

describe.skipIf(!hasOpenssl)('stamp', () => {
  test('carries a request out and an authority’s answer in; verify checks both and follows the given root', async () => {
    await cp(at('case.phonehome'), at('stamped.phonehome'), { recursive: true });
    expect((await run(['stamp', '--case', at('stamped'), '--request', at('early.tsq')])).err).toContain(
      'not signed yet',
    );
    await done(['sign', '--case', at('stamped')]);
    await mkdir(at('authority'));
    const authority = timeAuthority(at('authority'), 'one');
    const other = timeAuthority(at('authority'), 'two');
    await done(['stamp', '--case', at('stamped'), '--request', at('request.tsq')]);
    authority.answer(at('request.tsq'), at('answer.tsr'));
    const kept = await json<{ stamp: Record<string, unknown> }>(
      'stamp',
      '--case',
      at('stamped'),
      '--token',
      at('answer.tsr'),
    );
    expect(kept.stamp).toMatchObject({ file: 'signatures/manifest-1.stamp-1.tst', issuer: 'not checked' });

    const unchecked = await done(['verify', '--case', at('stamped')]);
    expect(unchecked).toContain('Who issued its certificate is not checked');
    const trusted = await done(['verify', '--case', at('stamped'), '--ca', authority.root]);
    expect(trusted).toContain('leads to one of those that were given');
    expect((await run(['verify', '--case', at('stamped'), '--ca', other.root])).exit).toBe(1);
    // A second authority's stamp stands beside the first.
    other.answer(at('request.tsq'), at('answer-2.tsr'));
    await done(['stamp', '--case', at('stamped'), '--token', at('answer-2.tsr'), '--ca', other.root]);
    await done(['verify', '--case', at('stamped'), '--ca', authority.root, '--ca', other.root]);
    // Signing again goes on from there.
    await done(['sign', '--case', at('stamped')]);
    await done(['verify', '--case', at('stamped'), '--key', at('public.pem')]);
  }, 90_000);

  test('keeps no answer for another manifest, none that was changed, and finds one that was changed later', async () => {
    const path = at('stamped.phonehome');
    await done(['sign', '--case', at('signed')]);
    const authority = timeAuthority(at('authority'), 'three');
    await done(['stamp', '--case', at('stamped'), '--request', at('third.tsq')]);
    authority.answer(at('third.tsq'), at('third.tsr'));
    const before = await readdir(join(path, 'signatures'));
    const foreign = await run(['stamp', '--case', at('signed'), '--token', at('third.tsr')]);
    expect(foreign.exit).toBe(3);
    expect(foreign.err).toContain('which is not that of the manifest');
    const forged = await readFile(at('third.tsr'));
    forged[forged.length - 1]! ^= 1;
    await writeFile(at('forged.tsr'), forged);
    const refused = await run(['stamp', '--case', at('stamped'), '--token', at('forged.tsr')]);
    expect(refused.err).toContain('the signature does not fit the certificate in the token');
    expect(await readdir(join(path, 'signatures'))).toEqual(before);

    const file = join(path, 'signatures/manifest-1.stamp-1.tst');
    await chmod(file, 0o644);
    await writeFile(file, forged);
    const said = await run(['verify', '--case', at('stamped')]);
    expect(said.exit).toBe(1);
    expect(said.out).toContain('signatures/manifest-1.stamp-1.tst');
  }, 90_000);

  test('takes a request or a token, not both and not neither', async () => {
    expect((await run(['stamp', '--case', at('stamped')])).exit).toBe(2);
    expect((await run(['stamp', '--case', at('stamped'), '--request', 'a', '--token', 'b'])).exit).toBe(2);
  });
});

describe('custody', () => {
  test('prints who did what and when, a sentence each, and says that the chain is whole', async () => {
    const out = await done(['custody', '--case', at('case')]);
    const lines = out.split('\n');
    const [head, sentence] = lines.slice(lines.findIndex((line) => /^ +1 {2}/.test(line)));
    expect(head).toMatch(
      /^ {4}1 {2}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC {2}\S+ {2}case\.created {2}\(line [0-9a-f]{12}…\)$/,
    );
    expect(sentence).toMatch(/^ {7}The case was made by Phonehome /);
    expect(out).toMatch(
      /Kept as E1: “dump\.txt”, the file dump\.txt — complete; [\d\u202f]+ bytes, SHA-256 beginning [0-9a-f]{12}\./,
    );
    expect(out).toMatch(/\n\d+ lines\. Each names the SHA-256 of the one before it/);
    const last = (await readFile(at('case.phonehome/custody.jsonl'), 'utf8')).trimEnd().split('\n').at(-1)!;
    expect(out.trimEnd()).toMatch(new RegExp(`${createHash('sha256').update(last).digest('hex')}$`));
  });

  test('gives one JSON value a line to scripts', async () => {
    const out = await done(['custody', '--case', at('case'), '--json']);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const log = (await readFile(at('case.phonehome/custody.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(rows.map(({ details }) => details)).toEqual(log);
    expect(Object.keys(rows[0]!)).toEqual(['seq', 'at', 'who', 'action', 'batch', 'sentence', 'details', 'hash']);
  });

  test('shows a log that was changed, says where, and ends with 1; nothing is written', async () => {
    await cp(at('case.phonehome'), at('altered.phonehome'), { recursive: true });
    const log = at('altered.phonehome/custody.jsonl');
    await writeFile(log, (await readFile(log, 'utf8')).replace('"kind":"import"', '"kind":"imPort"'));
    const before = await readFile(log);
    await chmod(at('altered.phonehome/case.sqlite'), 0o644);
    await writeFile(at('altered.phonehome/case.sqlite'), 'no database');
    const said = await run(['custody', '--case', at('altered')]);
    expect(said.exit).toBe(1);
    expect(said.out).toContain('Line 3 does not name the SHA-256 of the one before it');
    expect(await readFile(log)).toEqual(before);
    expect((await run(['custody', '--case', at('nowhere')])).exit).toBe(3);
  });
});

describe('seal and unseal', () => {
  test('carry a signed case to somebody else', async () => {
    const identity = await generateX25519Identity();
    await writeFile(at('identity.txt'), identity);
    const to = await identityToRecipient(identity);
    const sealed = await json<{ path: string }>('seal', '--case', at('signed'), '--to', to, '--out', folder.path);
    expect(sealed.path).toBe(at('signed.phonehome.age'));
    await done(['unseal', sealed.path, '--key', at('identity.txt'), '--out', at('received')]);
    await done(['verify', '--case', at('received'), '--key', at('public.pem')]);
    await writeFile(at('wrong-identity.txt'), await generateX25519Identity());
    const wrong = await run(['unseal', sealed.path, '--key', at('wrong-identity.txt'), '--out', at('never')]);
    expect(wrong.exit).toBe(3);
    expect(wrong.err).toContain('was not sealed to the key');
    expect(await readdir(folder.path)).not.toContain('never.phonehome');
    expect((await run(['seal', '--case', at('signed'), '--out', at('nobody.age')])).exit).toBe(2);
  });
});
