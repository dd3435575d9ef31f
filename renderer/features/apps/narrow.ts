import type { AppView } from '../../../shared/types/app.ts';

export const appGroups = ['all', 'installed', 'preinstalled', 'optional', 'background'] as const;
export type AppGroup = (typeof appGroups)[number];

export function groupOf(text: string | undefined): AppGroup {
  return appGroups.find((group) => group === text) ?? 'all';
}

function inGroup(app: AppView, group: AppGroup): boolean {
  if (group === 'installed') return app.preinstalled === false;
  if (group === 'preinstalled') return app.preinstalled === true;
  if (group === 'optional') return app.service?.optional === true;
  return group === 'all' || app.sentBackground > 0;
}

/** Apps of a group whose name, package, uid, service or installer holds every word of the text. */
export function narrow(apps: readonly AppView[], text: string, group: AppGroup): AppView[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return apps.filter((app) => {
    if (!inGroup(app, group)) return false;
    const said = [
      app.name,
      ...app.packages,
      app.uid,
      app.service?.name,
      app.service?.vendor,
      app.installer,
      app.userName,
    ];
    const hay = said.join('\n').toLocaleLowerCase();
    return words.every((word) => hay.includes(word));
  });
}
