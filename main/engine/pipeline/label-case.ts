import { labelApps, serviceOf } from '../enrich/enrich-apps.ts';
import { createEnrichers } from '../enrich/enrichers/index.ts';
import type { Lists } from '../enrich/lists.ts';
import { appsOf, type PackageSaid } from '../normalise/apps.ts';
import type { SqlValue, WriteCase } from '../ports/case-handle.ts';

const truth = (value: number | null) => (value === null ? null : value === 1);

interface SaidRow {
  readonly id: number;
  readonly name: string;
  readonly user: number | null;
  readonly app_id: number | null;
  readonly label: string | null;
  readonly installer: string | null;
  readonly system: number | null;
  readonly installed: number | null;
  readonly first_install: string | null;
  readonly shared_user: string | null;
}

/** Builds the apps of the whole case anew from what all sources said, and labels them. */
export async function labelCase(write: WriteCase, lists: Lists): Promise<void> {
  const rows = await write.all<SaidRow>(
    `SELECT id, name, user, app_id, label, installer, system, installed, first_install, shared_user FROM package_said ORDER BY id`,
  );
  const said: PackageSaid[] = rows.map((row) => ({
    order: row.id,
    name: row.name,
    user: row.user,
    appId: row.app_id,
    label: row.label,
    installer: row.installer,
    system: truth(row.system),
    installed: truth(row.installed),
    firstInstall: row.first_install,
    sharedUser: row.shared_user,
  }));
  const seen = await write.all<{ uid: number }>(
    `SELECT uid FROM series WHERE recorder IN ('uid', 'uid_tag', 'live')
     UNION SELECT uid FROM contact WHERE uid IS NOT NULL ORDER BY uid`,
  );
  const users = await write.all<{ id: number }>(`SELECT id FROM phone_user ORDER BY id`);
  const apps = appsOf(
    said,
    seen.map((row) => row.uid),
    users.map((row) => row.id),
  );
  const maker = await write.get<{ value: string }>(
    `SELECT value FROM property WHERE key = 'ro.product.manufacturer' ORDER BY id DESC LIMIT 1`,
  );
  const labels = labelApps(apps, createEnrichers(lists, { maker: maker?.value ?? null }));
  const bySubject = Map.groupBy(labels, (label) =>
    label.subject.kind === 'package' ? label.subject.name : label.subject.uid,
  );
  await write.run(`DELETE FROM app`);
  await write.run(`DELETE FROM label`);
  await write.load(
    'app',
    [
      'uid',
      'user',
      'name',
      'kind',
      'packages',
      'preinstalled',
      'installer',
      'first_install',
      'service_id',
      'service_name',
      'service_vendor',
      'service_optional',
      'service_confidence',
    ],
    apps.map((app): SqlValue[] => {
      const own = [...app.packages.flatMap((name) => bySubject.get(name) ?? []), ...(bySubject.get(app.uid) ?? [])];
      const service = serviceOf(own, app);
      return [
        app.uid,
        app.user,
        app.name,
        app.kind,
        JSON.stringify(app.packages),
        app.preinstalled === null ? null : Number(app.preinstalled),
        app.installer,
        app.firstInstall,
        service?.id ?? null,
        service?.name ?? null,
        service?.vendor ?? null,
        service?.optional === null || service === null ? null : Number(service.optional),
        service?.confidence ?? null,
      ];
    }),
  );
  await write.load(
    'label',
    ['id', 'subject', 'kind', 'value', 'detail', 'source', 'date', 'confidence', 'why'],
    labels.map((label, at): SqlValue[] => [
      at + 1,
      label.subject.kind === 'package' ? `package:${label.subject.name}` : `uid:${label.subject.uid}`,
      label.kind,
      label.value,
      JSON.stringify(label.detail),
      label.source,
      label.date,
      label.confidence,
      label.why,
    ]),
  );
}
