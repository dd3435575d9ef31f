import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { noPhones, temporaryFolder, testEngine, work } from '../support/engine.ts';
import { netstatsText } from '../support/small-dump.ts';
import { hasOpenssl, timeAuthority } from '../support/time-authority.ts';

/*
 * Somebody who has a case and its printed report, a shell and OpenSSL, and not this program: types what the chapter on custody says, copied
 * from the page, and sees what it promises. Then the case is changed, and they see that too.
 */

const canRead = spawnSync('pdftotext', ['-v']).status === 0 && spawnSync('sha256sum', ['--version']).status === 0;
const left = !canRead || !hasOpenssl;
if (left) console.log('Left out: following the report by hand, because pdftotext, sha256sum or openssl is not here.');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let blocks: string[];
let pages: string;
const at = (name: string) => join(folder.path, name);
const NAME = "17-26 Rao's phone.phonehome";

/** What is typed: lines that are set in, from the heading to the next chapter, a block where prose stands between. */
function typed(text: string): string[] {
  const from = text.indexOf('To check it without this program');
  const found: string[][] = [[]];
  for (const line of text.slice(from, text.indexOf('On Windows, in PowerShell', from)).split('\n').slice(1)) {
    if (/^\s*$|^(?:Phonehome .*Page|Case number|\f)/.test(line)) continue;
    if (/^ {2,}\S/.test(line)) found.at(-1)!.push(line.trimEnd());
    else if (found.at(-1)!.length > 0) found.push([]);
  }
  return found.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
}

function run(block: string, inside: string): { out: string; err: string; status: number } {
  const said = spawnSync('sh', ['-c', block], { cwd: inside, encoding: 'utf8' });
  return { out: said.stdout, err: said.stderr, status: said.status ?? -1 };
}
const step = (word: string) => {
  const found = blocks.filter((block) => block.includes(word));
  expect(found, word).toHaveLength(1);
  return found[0]!;
};

beforeAll(async () => {
  if (left) return;
  folder = await temporaryFolder();
  const engine = testEngine(noPhones, () => Date.now() * 1000, at('keys'));
  const key = await engine.createSigningKey({ name: 'Dr. A. Sundaram', passphrase: 'plum orchard in March' });
  await writeFile(at('dump.txt'), netstatsText({ uid: 10_100, buckets: 12 }));
  await writeFile(at('later.txt'), netstatsText({ uid: 10_101, buckets: 3 }));
  const open = await engine.createCase(at(NAME), { ...emptyCaseInfo, number: '17/26' });
  await open.importFiles([at('dump.txt'), at('later.txt')], work());
  await open.reportWrite(null, {}, work());
  await open.sign('plum orchard in March', work());
  await open.requestStamp(at('request.tsq'));
  const authority = timeAuthority(folder.path, 'one');
  authority.answer(at('request.tsq'), at('answer.tsr'));
  await open.takeStamp(at('answer.tsr'), []);
  await open.reportWrite(at('REPORT.pdf'), {}, work());
  await open.close();
  await mkdir(at('elsewhere'));
  await cp(at(NAME), at(`elsewhere/${NAME}`), { recursive: true });
  const inside = at(`elsewhere/${NAME}`);
  await writeFile(join(inside, 'KEY.pem'), key.publicKey);
  await cp(authority.root, join(inside, 'AUTHORITY.pem'));
  await cp(at('REPORT.pdf'), join(inside, 'REPORT.pdf'));
  pages = execFileSync('pdftotext', ['-layout', at('REPORT.pdf'), '-'], { encoding: 'utf8' });
  blocks = typed(pages);
  return () => folder[Symbol.asyncDispose]();
}, 60_000);

describe.skipIf(left)('what the report says can be done by hand', () => {
  const inside = () => at(`elsewhere/${NAME}`);

  test('goes into the case by a line that can be copied', () => {
    expect(run(`${step("cd '")} && pwd`, at('elsewhere')).out.trim()).toBe(inside());
  });

  test('holds for a case that was not touched', () => {
    expect(run(step('awk'), inside())).toEqual({ out: '', err: '', status: 0 });
    expect(run(step('while'), inside())).toEqual({ out: '', err: '', status: 0 });
    const heads = [...pages.matchAll(/^ +([0-9a-f]{64})$/gm)].map((match) => match[1]!);
    const [head, ...signed] = blocks.filter((block) => /custody\.jsonl \| tr/.test(block));
    expect(heads).toContain(run(head!, inside()).out.slice(0, 64));

    const fingerprint = run(step('pkey -pubin'), inside()).out.slice(0, 64);
    expect(pages).toContain(fingerprint);
    expect(run(step('pkeyutl'), inside()).out).toContain('Signature Verified Successfully');
    expect(run(step('sha256sum -c'), inside())).toEqual({ out: '', err: '', status: 0 });
    const [named, found] = run(signed[0]!, inside()).out.trim().split('\n');
    expect(named).toContain(`"head":"${found?.slice(0, 64)}"`);
    expect(run(step('ts -verify'), inside()).out).toContain('Verification: OK');
    const itself = run(step('REPORT.pdf'), inside()).out;
    expect(itself.split('\n').filter((line) => line.includes(itself.slice(0, 64)))).toHaveLength(2);
  });

  test('shows what was changed: evidence, a line of the log, a signed report, the manifest', async () => {
    const changed = async (name: string, from: string, to: string) => {
      const file = join(inside(), name);
      const before = await readFile(file);
      await chmod(file, 0o644);
      await writeFile(file, before.toString('latin1').replace(from, to), 'latin1');
      return () => writeFile(file, before);
    };
    const manifest = JSON.parse(await readFile(join(inside(), 'signatures/manifest-1.json'), 'utf8'));
    const evidence = manifest.files.find((one: { path: string }) => one.path.startsWith('evidence/')).path as string;
    let back = await changed(evidence, 'rb=', 'rb=9');
    expect(run(step('awk'), inside()).out).toContain(evidence.split('/')[1]);
    expect(run(step('sha256sum -c'), inside()).out).toContain(`${evidence}: FAILED`);
    await back();
    back = await changed('custody.jsonl', '"number":"17/26"', '"number":"18/26"');
    expect(run(step('while'), inside()).out).toMatch(/^changed before: \{"seq":2,/);
    await back();
    back = await changed('reports/report-1.pdf', '%PDF', '%PDG');
    expect(run(step('sha256sum -c'), inside()).status).not.toBe(0);
    await back();
    back = await changed('signatures/manifest-1.json', 'Dr. A.', 'Dr. B.');
    expect(run(step('pkeyutl'), inside()).status).not.toBe(0);
    expect(run(step('ts -verify'), inside()).out).toContain('FAILED');
    await back();
    await rm(join(inside(), evidence));
    expect(run(step('sha256sum -c'), inside()).out).toContain('FAILED open or read');
  });
});
