import type { AppCertificate, AppView } from '../../../../shared/types/app.ts';
import { certificateWording as words } from '../certificate-wording.ts';
import { type Block, type Cell, code, exact, heading, leadIn, line, small, user } from '../document.ts';

/** Each package once, though several users may have it. */
function certificatesOf(apps: readonly AppView[]): AppCertificate[] {
  const found = new Map<string, AppCertificate>();
  for (const one of apps.flatMap(({ certificates = [] }) => certificates)) {
    found.set(`${one.package} ${one.version} ${one.sha256} ${one.role}`, one);
  }
  return [...found.values()].sort((a, b) => (a.package < b.package ? -1 : a.package > b.package ? 1 : 0));
}

const day = (iso: string) => iso.slice(0, 10);

function row(one: AppCertificate): Cell[] {
  const { from, to, version } = one;
  return [
    [line(code(one.package)), ...(version === null ? [] : [small(words.version(version))])],
    [
      exact(code(one.sha256)),
      small(one.subject === null ? words.subject : user(one.subject)),
      ...(from === null || to === null ? [] : [small(words.valid(day(from), day(to)))]),
    ],
    one.role === 'past'
      ? [line(one.schemes.join(', ')), small(words.past)]
      : [line(one.schemes.join(', ')), small(words.holds[`${one.holds}`])],
  ];
}

/** A table of the packages that were taken with their certificates, or nothing where none was. */
export function certificates(apps: readonly AppView[]): Block[] {
  const all = certificatesOf(apps);
  if (all.length === 0) return [];
  const { columns } = words;
  return [
    heading(words.title),
    leadIn(words.intro),
    {
      kind: 'table',
      columns: [
        { title: columns.package, width: 'rest' },
        { title: columns.certificate, width: 72 },
        { title: columns.checked, width: 38 },
      ],
      rows: all.map(row),
    },
  ];
}
