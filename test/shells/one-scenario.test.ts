import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CaseDatabase } from '../../main/engine/store/case-database.ts';
import { createHost } from '../../main/host/host.ts';
import { wireTo } from '../../main/host/in-process.ts';
import { buildBugreport, createPracticePhone, createWorld, netstatsFiles } from '../../main/practice/index.ts';
import { serveWindow } from '../../main/shells/web/serve-window.ts';
import { contract } from '../../shared/contract/contract.ts';
import { createClient, type Wire } from '../../shared/contract/derive.ts';
import { emptyCaseInfo } from '../../shared/types/case.ts';
import { phonehome } from '../support/cli.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let source: string;

/** What an examiner may be handed: answers of a phone as text files, its binary history, a bugreport. */
beforeAll(async () => {
  folder = await temporaryFolder();
  source = join(folder.path, 'handed-over');
  const world = createWorld({ seed: 5, android: 13, maker: 'xiaomi', nowUs: Date.UTC(2026, 2, 1) * 1000, days: 20 });
  const phone = createPracticePhone(world);
  await mkdir(join(source, 'netstats'), { recursive: true });
  for (const [name, command] of [
    ['netstats.txt', 'dumpsys netstats --full --uid --tag'],
    ['getprop.txt', 'getprop'],
    ['packages.txt', 'pm list packages -f -i -U -u --user 0'],
  ] as const) {
    const { stdout } = await phone.run(command);
    await writeFile(
      join(source, name),
      stdout instanceof Uint8Array ? stdout : await Array.fromAsync(stdout).then(Buffer.concat),
    );
  }
  for (const [name, bytes] of netstatsFiles(world))
    await writeFile(join(source, 'netstats', name.split('/').at(-1)!), bytes);
  const report = await buildBugreport(world);
  await writeFile(
    join(source, 'bugreport.txt'),
    typeof report.text === 'string' ? report.text : Buffer.from(report.text),
  );
});
afterAll(() => folder[Symbol.asyncDispose]());

/** All rows of a case but those columns that say when the examiner worked. */
async function rowsOf(path: string): Promise<Record<string, unknown[]>> {
  const database = await CaseDatabase.open(join(path, 'case.sqlite'), 'read');
  const tables = await database.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'meta' ORDER BY name`,
  );
  const rows: Record<string, unknown[]> = {};
  for (const { name } of tables) {
    rows[name] = (await database.all(`SELECT * FROM ${name} ORDER BY 1`)).map((row) => {
      const {
        started_at: _a,
        finished_at: _b,
        host_before: _c,
        host_after: _d,
        ...rest
      } = row as Record<string, unknown>;
      return rest;
    });
  }
  await database.close();
  return rows;
}

const said = { title: 'A day', text: 'What was sent on it.' };
const day = (n: number) => Date.UTC(2026, 1, n) * 1000;
const stretch = {
  fromUs: day(20),
  toUs: day(21),
  by: 'app' as const,
  filter: {},
  selection: null,
  zone: 'UTC',
  address: {},
};

/** What the examiner said, by the custody log alone, without when. */
async function marksIn(path: string): Promise<unknown[]> {
  const lines = (await readFile(join(path, 'custody.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.flatMap((line) => {
    const { at: _at, prev: _prev, seq: _seq, ...rest } = JSON.parse(line) as Record<string, unknown>;
    return String(rest.action).startsWith('finding.') ? [rest] : [];
  });
}

async function throughContract(wire: Wire, path: string): Promise<void> {
  const client = createClient(contract, wire);
  const made = await client.cases.create({ path, info: emptyCaseInfo });
  const outcome = await client.evidence.import({ case: made.id, task: 'one', paths: [source] });
  expect(outcome.failures).toEqual([]);
  const finding = { ...said, window: stretch, cite: { largest: 5 }, picture: null };
  await client.findings.make({ case: made.id, finding });
  const proposed = (await client.findings.list({ case: made.id })).find(({ rule }) => rule !== null)!;
  await client.findings.decide({ case: made.id, key: proposed.key, state: 'rejected', reason: 'Known.' });
  await client.findings.move({ case: made.id, key: 'm1', place: 1 });
  await client.cases.close({ case: made.id });
}

async function webWire(address: string): Promise<{ wire: Wire; close(): void }> {
  const first = await fetch(address.replace(/#.*/, ''), { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
  const { origin, host } = new URL(address);
  const socket = new WebSocket(`ws://${host}/wire`, { headers: { cookie, origin } });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map<number, (reply: { ok: boolean; value: unknown; error?: { message: string } }) => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if (typeof message.id === 'number') waiting.get(message.id)?.(message);
  });
  let next = 1;
  return {
    close: () => socket.close(),
    wire: {
      request: (group, name, args) =>
        new Promise((resolve, reject) => {
          const id = next++;
          waiting.set(id, (reply) => (reply.ok ? resolve(reply.value) : reject(new Error(reply.error?.message))));
          socket.send(JSON.stringify({ id, group, name, args }));
        }),
      listen: () => () => {},
    },
  };
}

test('the same folder through the contract, the web and the command line gives the same case', async () => {
  const paths = {
    contract: join(folder.path, 'a/case'),
    web: join(folder.path, 'b/case'),
    cli: join(folder.path, 'c/case'),
  };
  for (const path of Object.values(paths)) await mkdir(join(path, '..'));

  const host = createHost({
    engine: testEngine(),
    shell: 'test',
    home: { folder: join(folder.path, 'home'), casesFolder: folder.path },
    sample: { folder: join(folder.path, 'sample'), build: async () => {} },
    checkResults: true,
  });
  await throughContract(wireTo(host), paths.contract);
  await host.close();

  process.env.PHONEHOME_HOME = join(folder.path, 'home-web');
  const server = await serveWindow({ port: 0, case: null });
  const web = await webWire(server.address());
  await throughContract(web.wire, paths.web);
  web.close();
  await server.close();

  const imported = await phonehome(['import', '--quiet', '--case', paths.cli, source]);
  expect(imported.exit, imported.err).toBe(0);
  const findings = async (...args: string[]) => {
    const done = await phonehome(['findings', ...args, '--json', '--case', paths.cli]);
    expect(done.exit, done.err).toBe(0);
    return JSON.parse(done.out);
  };
  const words = ['--title', 'A day', '--text', 'What was sent on it.'];
  await findings('make', ...words, '--from', '2026-02-20', '--to', '2026-02-21', '--largest', '5');
  const proposed = ((await findings()) as { rule: string | null; id: string }[]).find(({ rule }) => rule !== null)!;
  await findings('reject', proposed.id, '--reason', 'Known.');
  await findings('move', 'm1', '--place', '2');

  const [contractRows, webRows, cliRows] = await Promise.all(
    Object.values(paths).map((path) => rowsOf(`${path}.phonehome`)),
  );
  expect(contractRows!.volume!.length).toBeGreaterThan(1000);
  expect(webRows).toEqual(contractRows);
  expect(cliRows).toEqual(contractRows);

  const marks = await Promise.all(Object.values(paths).map((path) => marksIn(`${path}.phonehome`)));
  expect(marks[0]).toMatchObject([
    { action: 'finding.made', title: 'A day', cited: { length: 5 } },
    { action: 'finding.decided', state: 'rejected', reason: 'Known.' },
    { action: 'finding.moved', finding: 'm1', place: 1 },
  ]);
  expect(marks[1]).toEqual(marks[0]);
  expect(marks[2]).toEqual(marks[0]);

  const names = await Promise.all(Object.values(paths).map((path) => readdir(`${path}.phonehome/evidence`)));
  expect(names[1]).toEqual(names[0]);
  expect(names[2]).toEqual(names[0]);
  for (const name of names[0]!) {
    const bytes = await Promise.all(Object.values(paths).map((path) => readFile(`${path}.phonehome/evidence/${name}`)));
    expect(bytes[1]!.equals(bytes[0]!) && bytes[2]!.equals(bytes[0]!)).toBe(true);
  }
}, 60_000);
