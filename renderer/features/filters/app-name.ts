import type { AppView } from '../../../shared/types/app.ts';

/** The name of the app that a filter means by its key or its uid; the key itself where no app has it. */
export function appNameOf(apps: readonly AppView[] | null | undefined, key: string): string {
  return apps?.find((app) => app.key === key || String(app.uid) === key)?.name ?? key;
}
