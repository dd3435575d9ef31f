import type { PracticeApp } from '../world/apps.ts';
import type { World } from '../world/world.ts';
import { inPhoneOrder } from './package-list.ts';

function pkgLine(world: World, app: PracticeApp): string {
  const ms = (us: number): number => Math.floor((app.system && us === app.imageUs ? us : world.wallUs(us)) / 1000);
  const start = `pkg,${app.package},${app.appId},${app.versionCode}`;
  const installer = app.installer ?? '?';
  if (world.sdk < 34) return `${start},${ms(app.firstInstallUs)},${ms(app.lastUpdateUs)},${installer}`;
  const uid = world.apps.find((one) => one.package === app.installer)?.appId ?? -1;
  // Since Android 14 the code forgets commas between the three.
  return `${start},${ms(app.lastUpdateUs)},${installer}${uid}?,${app.installer === null ? 0 : 2}`;
}

/** `dumpsys package --checkin`: short, times in milliseconds since 1970 by the phone's clock (FORMATS 5.2). */
export function packageCheckin(world: World): string {
  const lines = [`vers,1`, 'feat,android.hardware.telephony', 'feat,android.hardware.wifi'];
  for (const app of inPhoneOrder(world.apps)) {
    lines.push(pkgLine(world, app), 'pkg-splt,base,0');
    for (const user of world.users) {
      const installed = app.users.includes(user.id);
      const flags = `${installed ? 'I' : 'i'}bsuslia`;
      const first = Math.floor((app.system ? app.firstInstallUs : world.wallUs(app.firstInstallUs)) / 1000);
      lines.push(`pkg-usr,${user.id},${flags},${app.enabled},?${world.sdk >= 33 ? `,${first}` : ''}`);
    }
  }
  const shared = new Map(
    world.apps.flatMap((app) => (app.sharedUser ? [[app.sharedUser.appId, app.sharedUser.name]] : [])),
  );
  for (const [uid, name] of [...shared].sort((a, b) => a[0] - b[0])) lines.push(`suid,${uid},${name}`);
  return `${lines.join('\n')}\n`;
}
