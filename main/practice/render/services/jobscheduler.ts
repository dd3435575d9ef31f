import { hashOf } from '../../world/random.ts';
import type { World } from '../../world/world.ts';
import { durationText, uidName } from '../uid-name.ts';

/** `dumpsys jobscheduler` (FORMATS 6.4): what apps asked to be run for, and when it last was. */
export function jobsText(world: World): string {
  const { seed } = world.options;
  const jobs = world.apps
    .filter((app) => app.appId >= 10_000 && app.enabled !== 3 && hashOf(seed, 'job', app.package) % 4 === 0)
    .map((app) => ({ app, id: hashOf(seed, 'job id', app.package) % 10_000 }));
  const blocks = jobs.flatMap(({ app, id }) => [
    `  JOB #${uidName(app.appId)}/${id}: ${hashOf(seed, 'job hash', app.package).toString(16)} ${app.package}/.SyncJobService`,
    `    ${uidName(app.appId)} tag=*job*/${app.package}/.SyncJobService`,
    `    Source: uid=${uidName(app.appId)} user=0 pkg=${app.package}`,
    '    Required constraints: TIMING_DELAY CONNECTIVITY',
    '    Network type: NetworkRequest [ NONE id=0, [ Capabilities: INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&VALIDATED] ]',
    '',
  ]);
  const past = jobs
    .flatMap(({ app, id }) => {
      const startMs = 60_000 + (hashOf(seed, 'job ran', app.package) % 7_000_000);
      const name = `#${uidName(app.appId)}/${id} ${app.package}/.SyncJobService`;
      return [
        { ago: startMs, text: `   START: ${name}` },
        { ago: startMs - 4_200, text: `    STOP: ${name}` },
      ];
    })
    .filter(({ ago }) => ago < (world.nowUs - world.bootUs) / 1000)
    .sort((a, b) => b.ago - a.ago)
    .map(({ ago, text }) => `     ${durationText(-ago)} ${text}`);
  return [
    'Settings:',
    '  min_ready_jobs_count=1',
    '',
    `Registered ${jobs.length} jobs:`,
    ...blocks,
    'Job history:',
    ...past,
    '',
  ].join('\n');
}
