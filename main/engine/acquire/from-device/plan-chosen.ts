import type { PlanRow } from '../../model/acquisition.ts';
import { apkRow } from './plan-apks.ts';
import { ownerFileRow } from './plan-files.ts';
import { packetRow, rootFileRows, volatileRootRows } from './plan-root.ts';

/**
 * The plan with the rows that the examiner asked for by name: what is soon forgotten behind the plan's own of that kind, the
 * rest behind all that changes nothing and before what does.
 */
export function planWith(plan: readonly PlanRow[], chosen: readonly PlanRow[]): readonly PlanRow[] {
  if (chosen.length === 0) return plan;
  const early = plan.findLastIndex((row) => row.volatile && row.clock === undefined && row.extra === null) + 1;
  const found = plan.findIndex((row, at) => at >= early && (row.extra !== null || row.clock === 'after'));
  const late = found < 0 ? plan.length : found;
  return [
    ...plan.slice(0, early),
    ...chosen.filter((row) => row.volatile),
    ...plan.slice(early, late),
    ...chosen.filter((row) => !row.volatile),
    ...plan.slice(late),
  ];
}

const named = (path: string) => ({ path, bytes: null });

/** The forms of all rows that a choice can bring, with words in braces where the phone's own names will stand. */
export const chosenForms: readonly PlanRow[] = [
  ...volatileRootRows((command) => command),
  packetRow((command) => command, null, false),
  ...rootFileRows({
    asRoot: (command) => command,
    netstats: [named('/data/…/netstats/{file}')],
    usage: [named('/data/…/usagestats/{file}')],
  }),
  ...(['intrusion log', 'capture', 'capture table', 'bugreport'] as const).map((kind) => ({
    ...ownerFileRow({ ...named('{path}'), kind }),
    id: `file ({kind})`.replace('{kind}', kind),
    commands: [{ line: 'cat {path}' }],
  })),
  { ...apkRow({ package: '{package}', ...named('{path}'), user: null }), commands: [{ line: 'cat {path}' }] },
];
