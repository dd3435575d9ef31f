import type { CustodyLineView } from '../../../shared/types/custody.ts';

interface Said {
  readonly action: string;
  readonly batch: number | null;
  readonly sentence: string;
  readonly more: Readonly<Record<string, unknown>>;
}

const names = [
  'getprop',
  'clock before',
  'users',
  'sockets',
  'connectivity',
  'netstats',
  'packages',
  'appops',
  'usage',
];

function acts(): Said[] {
  const list: Said[] = [
    {
      action: 'case.created',
      batch: null,
      sentence: 'The case was made by Phonehome 0.1.0. It says of itself: number 2026-117-03, examiner A. Sharma.',
      more: { program: 'Phonehome 0.1.0', info: { number: '2026-117-03', examiner: 'A. Sharma' }, sample: false },
    },
  ];
  for (const batch of [1, 2, 3]) {
    list.push({
      action: 'batch.started',
      batch,
      sentence: `Acquisition ${batch} began: Xiaomi Redmi Note 7, serial 8f3a12bc, reached as 8f3a12bc; profile full. By Phonehome 0.1.0, on the computer lab-3.`,
      more: { kind: 'acquisition', serial: '8f3a12bc', profile: 'full' },
    });
    for (let n = 0; n < 72; n += 1) {
      const name = names[n % names.length]!;
      list.push({
        action: 'evidence.kept',
        batch,
        sentence: `Kept as E${batch * 100 + n}: “${name}”, the answer of: dumpsys ${name} — complete, exit status 0; ${4096 + n * 311} bytes, SHA-256 beginning 6651f01ec9df. Phone’s clock −1 843.2 ms, error 11.8 ms.`,
        more: { id: `E${batch * 100 + n}`, name, state: 'complete', exit: 0, bytes: 4096 + n * 311 },
      });
    }
    list.push({
      action: 'batch.finished',
      batch,
      sentence: `Batch ${batch} ended: partial. 74 steps, 72 of them with their whole answer. Missing: dumpsys isub: refused. The phone does not let the shell user read SIM cards.`,
      more: { state: 'partial', missing: ['dumpsys isub: refused'] },
    });
  }
  return list;
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A made-up log whose chain holds; line `broken`, if any, was changed afterwards. */
export async function mockLog(broken: number | null = null): Promise<CustodyLineView[]> {
  const lines: CustodyLineView[] = [];
  let prev = '0'.repeat(64);
  for (const [index, { action, batch, sentence, more }] of acts().entries()) {
    const seq = index + 1;
    const at = new Date(Date.UTC(2026, 10, 8, 8, 2, 11) + index * 7_431).toISOString().replace('Z', '000Z');
    const line = { seq, prev, at, who: 'a.sharma', action, ...(batch === null ? {} : { batch }), ...more };
    const details = JSON.stringify(line);
    const hash = await hashOf(details);
    const shown = seq === broken ? details.replace('a.sharma', 'b.sharma') : details;
    lines.push({ seq, at, who: 'a.sharma', action, batch, sentence, details: shown, hash });
    prev = hash;
  }
  return lines;
}
