import { plainText } from '../../../../shared/text/plain-text.ts';
import type { OwnerFile } from '../../../../shared/types/device.ts';
import type { PlanRow } from '../../model/acquisition.ts';
import { phoneQuote } from './choices/phone-quote.ts';
import { always, MiB, row, second } from './plan-row.ts';

const words: Readonly<Record<OwnerFile['kind'], Pick<PlanRow, 'section' | 'proves'>>> = {
  'intrusion log': {
    section: 'intrusion log',
    proves: 'What Intrusion Logging recorded for the owner, by the owner’s own export; kept, not read yet.',
  },
  capture: {
    section: 'packet capture',
    proves: 'Packets that an app of the owner recorded on the phone, as it wrote them: with whom, when and how much.',
  },
  'capture table': {
    section: 'capture table',
    proves: 'A table of connections that an app of the owner wrote; kept, not read yet.',
  },
  bugreport: {
    section: 'bugreport',
    proves: 'What the phone reported of itself at an earlier time.',
  },
};

/** One file of the owner, taken as it lies on the phone. */
export function ownerFileRow(file: Pick<OwnerFile, 'path' | 'kind' | 'bytes'>): PlanRow {
  return row({
    choice: 'files',
    profiles: always,
    id: `file ${file.path}`,
    title: plainText(file.path, 1000),
    ...words[file.kind],
    commands: [`cat ${phoneQuote(file.path)}`],
    timeoutMs: 1800 * second,
    mostBytes: 8192 * MiB,
    file: { bytes: file.bytes },
    changes: 'Nothing but the time at which the file was last read, where the phone keeps it.',
  });
}
