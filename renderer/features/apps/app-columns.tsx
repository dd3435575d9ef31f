import type { AppView } from '../../../shared/types/app.ts';
import { Amount } from '../../ui/Amount.tsx';
import type { Column } from '../../ui/columns.ts';
import { Moment } from '../../ui/Moment.tsx';

const byText = (read: (app: AppView) => string | null) => (a: AppView, b: AppView) => {
  const [left, right] = [read(a), read(b)];
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left.localeCompare(right);
};
/** What is not known stands below nothing. */
const byNumber = (read: (app: AppView) => number | null) => (a: AppView, b: AppView) =>
  (read(a) ?? -1) - (read(b) ?? -1);

const amount = (
  key: string,
  title: string,
  hint: string,
  read: (app: AppView) => number | null,
  rem = 5.25,
): Column<AppView> => ({
  key,
  title,
  hint,
  rem,
  number: true,
  cell: (app) => <Amount bytes={read(app)} />,
  order: byNumber(read),
});

const kinds: Readonly<Record<AppView['kind'], string | null>> = {
  app: null,
  system: null,
  removed: 'removed',
  tethering: 'tethering',
  unknown: 'not identified',
};

/** The first package, and how many share the uid with it. */
export function packageText(app: AppView): string | null {
  const [first, ...others] = app.packages;
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} + ${others.length}`;
}

export function optionalText(optional: boolean | null): string {
  return optional === null ? 'not known whether optional' : optional ? 'optional' : 'not optional';
}

function yesNo(value: boolean | null) {
  return value === null ? <span className="faint">not known</span> : value ? 'yes' : 'no';
}

export const appColumns: readonly Column<AppView>[] = [
  {
    key: 'name',
    title: 'Name',
    rem: 12,
    grow: 3,
    cell: (app) => (
      <span className="app-name">
        <span className="cut" dir="auto">
          {app.name}
        </span>
        {kinds[app.kind] === null ? null : <span className="chip chip-quiet">{kinds[app.kind]}</span>}
      </span>
    ),
    order: byText((app) => app.name),
  },
  {
    key: 'package',
    title: 'Package',
    hint: 'The package name. Several packages may share one uid, and then one counter.',
    rem: 11,
    grow: 3,
    cell: (app) => <span className="quiet">{packageText(app) ?? <span className="faint">none known</span>}</span>,
    order: byText(packageText),
  },
  amount('sent', 'Sent', 'Bytes that the phone counted as sent', (app) => app.sent),
  amount('received', 'Received', 'Bytes that the phone counted as received', (app) => app.received),
  amount(
    'background',
    'In background',
    'Sent while the phone did not count the app as in the foreground',
    (app) => app.sentBackground,
    6.25,
  ),
  amount(
    'night',
    'At night',
    'Sent between 00:00 and 06:00 of the phone’s zone; needs the zone',
    (app) => app.sentNight,
  ),
  amount('mobile', 'On mobile', 'Sent over mobile networks', (app) => app.sentMobile),
  {
    key: 'service',
    title: 'Service',
    hint: 'A known service behind the app, and whether it can be switched off',
    rem: 11,
    grow: 2,
    cell: (app) =>
      app.service === null ? (
        <span className="faint">–</span>
      ) : (
        <span className="app-name">
          <span className="cut">{app.service.name}</span>
          {app.service.optional ? <span className="chip chip-info">optional</span> : null}
        </span>
      ),
    order: byText((app) => app.service?.name ?? null),
  },
  {
    key: 'user',
    title: 'User',
    hint: 'The phone’s user or profile',
    rem: 5.5,
    grow: 1,
    cell: (app) => <span dir="auto">{app.userName ?? app.user}</span>,
    order: byNumber((app) => app.user),
  },
  {
    key: 'preinstalled',
    title: 'Preinstalled',
    rem: 5.75,
    cell: (app) => yesNo(app.preinstalled),
    order: byNumber((app) => (app.preinstalled === null ? null : Number(app.preinstalled))),
  },
  {
    key: 'installer',
    title: 'Installer',
    hint: 'The app that installed it, as the phone says',
    rem: 8,
    grow: 1,
    cell: (app) => <span className="quiet">{app.installer ?? <span className="faint">–</span>}</span>,
    order: byText((app) => app.installer),
  },
  {
    key: 'first',
    title: 'First',
    hint: 'Begin of the first interval with bytes',
    rem: 9,
    cell: (app) => <Moment iso={app.first} />,
    order: byText((app) => app.first),
  },
  {
    key: 'last',
    title: 'Last',
    hint: 'End of the last interval with bytes',
    rem: 9,
    cell: (app) => <Moment iso={app.last} />,
    order: byText((app) => app.last),
  },
];
