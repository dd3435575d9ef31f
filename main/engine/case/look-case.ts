import { isoOf } from '../../../shared/base/time.ts';
import type { PhoneLook } from '../../../shared/types/device.ts';
import { lookAtPhone } from '../acquire/from-device/choices/look-at-phone.ts';
import { choosePhone, phoneName } from '../acquire/from-device/choose-phone.ts';
import type { OpenCase, Work } from '../engine-api.ts';
import type { ReadCase } from '../ports/case-handle.ts';
import type { EvidenceKeeper } from '../ports/evidence-keeper.ts';
import type { CasePaths } from '../store/case-folder.ts';
import { hardwareSerial, refuseOtherPhone } from './acquire-case.ts';
import type { CaseParts } from './parts.ts';
import { recordPhone } from './phone-log.ts';
import { withCase } from './write-session.ts';

/** Names that the case knows of packages, where one uid has one package and the name is not the package's own. */
async function namesOf(read: ReadCase): Promise<ReadonlyMap<string, string>> {
  const rows = await read.all<{ name: string; packages: string }>(`SELECT name, packages FROM app ORDER BY uid DESC`);
  return new Map(
    rows.flatMap(({ name, packages }): [string, string][] => {
      const [only, ...more] = JSON.parse(packages) as string[];
      return only === undefined || more.length > 0 || only === name ? [] : [[only, name]];
    }),
  );
}

/**
 * Asks a phone what it offers beyond the usual. Every question stands in the custody log, and then what came of them
 * (`phone.looked`); nothing is taken. Rejects where no phone can be chosen, or where the case is of another phone.
 */
export function lookIntoCase(
  paths: CasePaths,
  parts: CaseParts,
  choice: Parameters<OpenCase['look']>[0],
  work: Work,
): Promise<PhoneLook> {
  return withCase(paths, parts.clock, async (session) => {
    work.progress.now('Looking for the phone', null);
    const { bridge, into } = recordPhone(parts.bridge, parts.clock);
    const phone = await choosePhone(bridge, choice.serial, work.signal);
    const own = await hardwareSerial(bridge, phone.serial, work.signal);
    await refuseOtherPhone(session, paths, own);
    const log = (action: string, details: Readonly<Record<string, unknown>>) =>
      session.custody.append(isoOf(parts.clock.now()), action, details);
    await into({ log, open: keepsNothing });
    const asking = { bridge, serial: phone.serial, signal: work.signal };
    const look = await lookAtPhone(asking, { root: choice.root === true, progress: work.progress, log });
    await log('phone.looked', {
      serial: own,
      connection: phone.serial,
      model: phoneName(phone),
      root: look.root,
      files: look.files.length,
      apps: look.apps.length,
      notes: look.notes,
    });
    const names = await namesOf(session.database);
    return { ...look, apps: look.apps.map((app) => ({ ...app, name: names.get(app.package) ?? app.name })) };
  });
}

const keepsNothing: EvidenceKeeper['open'] = () => {
  throw new Error('looking at a phone keeps no evidence');
};
