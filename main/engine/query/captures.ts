import { isoOf } from '../../../shared/base/time.ts';
import type { CaptureView } from '../../../shared/types/summary.ts';
import type { ReadCase } from '../ports/case-handle.ts';

interface CaptureRow {
  readonly section: number;
  readonly evidence: string;
  readonly name: string;
  readonly facts: string;
}

/** Captures of packets by the evidence that holds them, in the order of the file. */
export async function capturesOf(read: ReadCase): Promise<Map<string, CaptureView[]>> {
  const rows = await read.all<CaptureRow>(
    `SELECT s.id section, s.evidence, coalesce(s.member, e.name) name,
       (SELECT json_group_object(key, value) FROM (
          SELECT key, min(value) value FROM property WHERE section = s.id AND key LIKE 'capture %' AND key IN
            ('capture form', 'capture packets', 'capture span', 'capture links', 'capture frames not read')
          GROUP BY key)) facts
     FROM section s JOIN evidence e ON e.id = s.evidence WHERE s.artifact = 'packet-capture' ORDER BY s.id`,
  );
  const found = new Map<string, CaptureView[]>();
  for (const { evidence, name, facts } of rows) {
    const said = JSON.parse(facts) as Readonly<Record<string, string>>;
    const number = (key: string) => (said[key] === undefined ? null : Number(said[key]));
    const [from, to] = (said['capture span'] ?? '').split(' ').map(Number);
    const list = found.get(evidence) ?? [];
    list.push({
      name,
      form: said['capture form'] ?? null,
      packets: number('capture packets'),
      first: from === undefined || to === undefined ? null : isoOf(from),
      last: from === undefined || to === undefined ? null : isoOf(to),
      links: (said['capture links'] ?? '').split(' ').filter(Boolean).map(Number),
      unread: number('capture frames not read'),
    });
    found.set(evidence, list);
  }
  return found;
}
