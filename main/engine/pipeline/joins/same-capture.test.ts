import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MemoryCase, memoryCase } from '../../../../test/support/memory-case.ts';
import type { WriteCase } from '../../ports/case-handle.ts';
import { joinCaptures } from '../join-captures.ts';

let memory: MemoryCase;
beforeEach(async () => {
  memory = await memoryCase();
});
afterEach(() => memory.close());

const writeCase = (): WriteCase => ({
  ...memory,
  load: async (table, columns, rows) =>
    memory.insert(
      table,
      rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]))),
    ),
});

/** One capture with a contact, its flow and a look-up. */
async function lay(n: number, sha256: string, member: string | null = null): Promise<void> {
  const evidence = { id: `E${n}`, ordinal: n, batch: n, sha256, bytes: 1, name: 'a.pcap', state: 'complete' };
  await memory.insert('evidence', [
    { ...evidence, origin: JSON.stringify({ kind: 'file', path: 'a.pcap' }), host_before: '', host_after: '' },
  ]);
  const section = { id: n, evidence: `E${n}`, name: 'packet capture', member, offset: 0, length: 1 };
  await memory.insert('section', [{ ...section, artifact: 'packet-capture', records: 1, warnings: 0, cut: 0 }]);
  await memory.insert('property', [{ id: n, section: n, key: 'capture span', value: '1000 2000' }]);
  const ends = { local_ip: '10.0.0.2', local_port: 4000 + n, remote_ip: '203.0.113.9', remote_port: 443 };
  const contact = { id: n, section: n, source: 'capture', from_us: 1000, to_us: 2000, open_start: 0, open_end: 0 };
  await memory.insert('contact', [{ ...contact, protocol: 'tcp', ...ends, sent: 10, received: 10 }]);
  await memory.insert('flow', [{ id: n, opened_by_phone: 1, service: 'TLS', encrypted_hello: 0 }]);
  const lookUp = { id: n, section: n, from_us: 1000, client_ip: '10.0.0.2', server_ip: '10.0.0.1', name: 'a.example' };
  await memory.insert('lookup', [{ ...lookUp, type: 'A', is_response: 0, code: 0 }]);
}

const left = async () => ({
  contacts: (await memory.all<{ id: number }>('SELECT id FROM contact ORDER BY id')).map(({ id }) => id),
  flows: (await memory.all<{ id: number }>('SELECT id FROM flow ORDER BY id')).map(({ id }) => id),
  lookUps: (await memory.all<{ id: number }>('SELECT id FROM lookup ORDER BY id')).map(({ id }) => id),
  captures: (await memory.all<{ id: number }>('SELECT id FROM capture ORDER BY id')).map(({ id }) => id),
});

it('a capture that was taken twice tells of its packets once, and the second says where they stand', async () => {
  await lay(1, 'aa');
  await lay(2, 'bb');
  await lay(3, 'aa');
  const wanted = { contacts: [1, 2], flows: [1, 2], lookUps: [1, 2], captures: [1, 2] };
  // However often it is derived: what was taken out stays out, and is said once.
  for (let n = 0; n < 2; n += 1) {
    await joinCaptures(writeCase());
    expect(await left()).toEqual(wanted);
    expect(await memory.all('SELECT evidence, reason FROM warning')).toEqual([
      {
        evidence: 'E3',
        reason: 'This capture is byte for byte the same as in E1: its contacts and look-ups stand there, once.',
      },
    ]);
  }
});

it('two members of one archive are two captures', async () => {
  await lay(1, 'aa', 'one.pcap');
  await lay(2, 'aa', 'two.pcap');
  await joinCaptures(writeCase());
  expect((await left()).contacts).toEqual([1, 2]);
});
