import type { ReadCase } from '../ports/case-handle.ts';

interface FlowRow {
  readonly opened_by_phone: number;
  readonly service: string | null;
  readonly alpn: string | null;
  readonly ja4: string | null;
  readonly encrypted_hello: number;
  readonly requests: string | null;
  readonly user_agent: string | null;
  readonly said: string | null;
  readonly personal: string | null;
  readonly app: string | null;
}

/** The value with its middle hidden: enough to be known again by who has it. */
function masked(value: string): string {
  if (value.length <= 4) return '*'.repeat(value.length);
  const shown = Math.min(3, Math.floor(value.length / 4));
  return `${value.slice(0, shown)}${'*'.repeat(value.length - 2 * shown)}${value.slice(-shown)}`;
}

/** What was read in the packets of a captured contact, in sentences; empty where nothing was. Personal values are masked. */
export async function flowWords(read: ReadCase, contact: number): Promise<string[]> {
  const row = await read.get<FlowRow>('SELECT * FROM flow WHERE id = ?', [contact]);
  if (!row) return [];
  const list = <T>(text: string | null) => JSON.parse(text ?? '[]') as T[];
  const words: string[] = [];
  if (row.service !== null) words.push(`Recognised as ${row.service}.`);
  if (row.opened_by_phone === 0) words.push('The other side opened it, as far as the capture shows.');
  const alpn = list<string>(row.alpn);
  if (alpn.length > 0) words.push(`Protocols offered: ${alpn.join(', ')}.`);
  if (row.ja4 !== null) words.push(`Fingerprint of the client (JA4): ${row.ja4}.`);
  if (row.encrypted_hello === 1) words.push('The real name is encrypted; the one shown is the outer one.');
  if (row.app !== null) words.push(`The capture names the app ${row.app}.`);
  if (row.user_agent !== null) words.push(`Program, by its own word: ${row.user_agent}.`);
  const requests = list<string>(row.requests);
  if (requests.length > 0) words.push(`In the clear: ${requests.slice(0, 3).join('; ')}.`);
  const said = list<string>(row.said);
  if (said.length > 0) words.push(`Said in the clear: ${said.join('; ')}.`);
  const personal = list<{ kind: string; value: string }>(row.personal);
  for (const { kind, value } of personal) {
    words.push(
      `Anybody on the way could read what has the form of ${/^[aeiouIM]/.test(kind) ? 'an' : 'a'} ${kind}: ${masked(value)}.`,
    );
  }
  return words;
}
