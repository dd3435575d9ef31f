import type { PlanRow } from '../../model/acquisition.ts';
import { phoneQuote } from './choices/phone-quote.ts';
import { always, MiB, row, second } from './plan-row.ts';

/** The base package of one app, as it lies on the phone. */
export function apkRow(apk: {
  readonly package: string;
  readonly path: string;
  readonly user: number | null;
  readonly bytes: number | null;
}): PlanRow {
  return row({
    choice: 'apks',
    profiles: always,
    id: `apk ${apk.package}`,
    title: `${apk.package}/base.apk`,
    section: 'apk',
    commands: [`cat ${phoneQuote(apk.path)}`],
    timeoutMs: 900 * second,
    mostBytes: 4096 * MiB,
    neverEmpty: true,
    together: 'history',
    file: { bytes: apk.bytes },
    changes: 'Nothing but the time at which the file was last read, where the phone keeps it.',
    proves: 'The program of the app as it was installed, and the certificates by which it is signed.',
  });
}
