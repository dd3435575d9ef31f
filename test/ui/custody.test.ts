import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/browser.ts';
import { netstatsText } from '../support/small-dump.ts';
import { hasOpenssl, timeAuthority } from '../support/time-authority.ts';
import { caseOfFile, type WatchedWindow, watchedWindow } from '../support/watched-window.ts';

const passphrase = 'lantern gravel mosaic tundra';

/** Key, signature, time stamp, custody log, sealing and opening, as an examiner does them. */
describe.skipIf(!chromiumPath)('custody in the window', () => {
  let opened: WatchedWindow;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    opened = await watchedWindow(
      caseOfFile('netstats.txt', netstatsText({ uid: 10_123, buckets: 12 }), { examiner: 'A. Examiner' }),
    );
    ({ page, complaints } = opened);
    await page.getByRole('link', { name: 'Evidence', exact: true }).click();
    await page.getByRole('tab', { name: 'Signature and seal' }).click();
  });
  afterAll(() => opened?.close());

  const card = (name: string) => page.getByRole('region', { name, exact: true });

  test('the first signing asks for a key; its passphrase is typed twice and told to be weak where it is', async () => {
    await card('Signature').getByRole('button', { name: 'Sign', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Make your signing key' });
    expect(await dialog.getByLabel('Your name, as it stands in signatures').inputValue()).toBe('A. Examiner');
    const first = dialog.getByLabel('Passphrase', { exact: true });
    expect(await first.getAttribute('type')).toBe('password');
    await first.fill('password1');
    await dialog.getByText(/^Weak:/).waitFor();
    await first.fill(passphrase);
    await dialog.getByLabel('The same once more').fill('lantern');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByText('The two are not the same.').waitFor();
    await dialog.getByLabel('The same once more').fill(passphrase);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Sign the case' }).waitFor();
  });

  test('a wrong passphrase is one sentence, and nothing is signed', async () => {
    const dialog = page.getByRole('dialog', { name: 'Sign the case' });
    await dialog.getByLabel('Passphrase').fill('something else');
    await page.keyboard.press('Enter');
    await card('Signature')
      .getByRole('alert')
      .filter({ hasText: /passphrase/i })
      .waitFor();
    expect(await readFile(join(opened.path, 'custody.jsonl'), 'utf8')).not.toContain('case.signed');
  });

  test('the case is signed, and the check says by whom and what it covers', async () => {
    await card('Signature').getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByRole('dialog', { name: 'Sign the case' }).getByLabel('Passphrase').fill(passphrase);
    await page.keyboard.press('Enter');
    await card('Signature').getByText('The case is signed.').waitFor();
    await card('Signature').getByRole('button', { name: 'Check the case' }).click();
    await card('Signature').getByText('signed, it holds').waitFor();
    const text = (await card('Signature').textContent()) ?? '';
    expect(text).toContain('The signature holds.');
    const shown = (await card('Your signing key').textContent()) ?? '';
    const fingerprint = /[0-9a-f]{64}/.exec(shown)![0];
    expect(text).toContain(fingerprint);
  });

  test.skipIf(!hasOpenssl)(
    'a request is written for an authority outside, and its answer is taken; another one is refused',
    async () => {
      const request = join(opened.folder, 'ask.tsq');
      await card('Time stamp').getByRole('button', { name: 'Write a request' }).click();
      await page.getByLabel('File to write', { exact: true }).fill(request);
      await page.getByRole('button', { name: 'Write the request' }).click();
      await card('Time stamp').getByText('The request is written.').waitFor();

      const authority = timeAuthority(opened.folder, 'one');
      const answer = join(opened.folder, 'ask.tsr');
      authority.answer(request, answer);
      const take = async (file: string) => {
        await card('Time stamp').getByRole('button', { name: 'Take the answer' }).click();
        const dialog = page.getByRole('dialog', { name: 'Take the answer of an authority' });
        await dialog.getByLabel('Answer of the authority', { exact: true }).fill(file);
        await dialog.getByLabel('Certificate of the authority, if you have it', { exact: true }).fill(authority.root);
        await dialog.getByRole('button', { name: 'Check and keep it' }).click();
      };
      await take(request);
      await card('Time stamp').getByRole('alert').filter({ hasText: 'is not kept' }).waitFor();
      await take(answer);
      await card('Time stamp').getByText('The time stamp holds and is kept.').waitFor();
      await card('Time stamp').getByText('leads to a certificate that was given').waitFor();
    },
  );

  test('the log reads in sentences, opens to its lines, and its chain is computed in the window', async () => {
    await page.getByRole('tab', { name: 'Custody log' }).click();
    await page.getByText(/hashes computed here; each line names the one before it/).waitFor();
    const lines = (await readFile(join(opened.path, 'custody.jsonl'), 'utf8')).trimEnd().split('\n');
    const rows = page.getByRole('list', { name: 'Custody log' }).getByRole('listitem');
    expect(await rows.count()).toBe(lines.length);
    await rows.first().getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const second = rows.nth(1);
    const text = (await second.textContent()) ?? '';
    expect(text).toContain(createHash('sha256').update(lines[1]!).digest('hex'));
    expect(text).toContain(createHash('sha256').update(lines[0]!).digest('hex'));
    const json = await second.getByRole('region', { name: 'Line 2 as it stands' }).textContent();
    expect(JSON.parse(json!)).toEqual(JSON.parse(lines[1]!));
  });

  test('the case is sealed for a recipient, and opened again from Cases, byte for byte', async () => {
    const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
    const identity = await generateX25519Identity();
    await writeFile(join(opened.folder, 'identity.txt'), `${identity}\n`);
    const before = await readFile(join(opened.path, 'custody.jsonl'));
    await page.getByRole('tab', { name: 'Signature and seal' }).click();
    await card('Sealed copy').getByRole('button', { name: 'Seal', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Seal the case' });
    await dialog.getByLabel('Recipients, one a line').fill(identity);
    await dialog.getByText('That is a secret key').waitFor();
    await dialog.getByLabel('Recipients, one a line').fill(await identityToRecipient(identity));
    const sealed = join(opened.folder, 'out.age');
    await dialog.getByLabel('File to write', { exact: true }).fill(sealed);
    await dialog.getByRole('button', { name: 'Seal', exact: true }).click();
    await card('Sealed copy').getByText('The case is sealed.').waitFor();

    await page.getByRole('link', { name: 'Cases', exact: true }).click();
    await page.getByRole('button', { name: 'Open a sealed case' }).click();
    const opening = page.getByRole('dialog', { name: 'Open a sealed case' });
    await opening.getByLabel('Sealed file', { exact: true }).fill(sealed);
    await opening.getByLabel('Your age identity', { exact: true }).fill(join(opened.folder, 'netstats.txt'));
    const out = join(opened.folder, 'opened.phonehome');
    await opening.getByLabel('Folder to make', { exact: true }).fill(out);
    await opening.getByRole('button', { name: 'Open the sealed case' }).click();
    await opening.getByRole('alert').filter({ hasText: 'no age identity' }).waitFor();
    await opening.getByLabel('Your age identity', { exact: true }).fill(join(opened.folder, 'identity.txt'));
    await opening.getByRole('button', { name: 'Open the sealed case' }).click();
    await page.getByText('opened', { exact: true }).first().waitFor();
    await page.waitForURL(/\/timeline/);
    expect((await readFile(join(out, 'custody.jsonl'))).subarray(0, before.length)).toEqual(before);
  });

  test('a log that was changed afterwards is told at the very line', async () => {
    const log = join(opened.folder, 'opened.phonehome/custody.jsonl');
    const lines = (await readFile(log, 'utf8')).trimEnd().split('\n');
    await writeFile(log, `${lines.with(1, lines[1]!.replace('"who":"', '"who":"x')).join('\n')}\n`);
    await page.getByRole('link', { name: 'Evidence', exact: true }).click();
    await page.getByRole('tab', { name: 'Custody log' }).click();
    await page.getByRole('alert').filter({ hasText: 'The chain breaks at line 3' }).waitFor();
  });

  test('nothing complained', () => {
    expect(complaints).toEqual([]);
  });
});
