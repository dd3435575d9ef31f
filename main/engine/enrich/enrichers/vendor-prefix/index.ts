import type { EnricherFactory } from '../../enricher-factory.ts';

const id = 'vendor-prefix';
const title = 'Vendors by the beginning of a package name';

function vendorId(vendor: string): string {
  return vendor.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** For packages that `services.json` does not name: the vendor that uses the beginning of the name. Low confidence. */
export const vendorPrefix: EnricherFactory = (lists) => {
  const list = lists.services;
  const known = new Set(list.packages.map((row) => row.package));
  const longestFirst = [...list.prefixes].sort((a, b) => b.prefix.length - a.prefix.length);
  const source = `Phonehome list "${list.title}"`;
  return {
    id,
    title,
    source,
    date: list.date,
    label: (subject) =>
      subject.packages.flatMap((name) => {
        const row = known.has(name) ? undefined : longestFirst.find(({ prefix }) => name.startsWith(prefix));
        if (!row) return [];
        return [
          {
            subject: { kind: 'package' as const, name },
            kind: 'vendor' as const,
            value: row.vendor,
            detail: { id: vendorId(row.vendor), vendor: row.vendor, optional: null },
            source,
            date: list.date,
            confidence: 'low' as const,
            why: `The package name ${name} begins with ${row.prefix}, which ${row.vendor} uses. Whoever makes an app chooses its name, so this is a hint.`,
          },
        ];
      }),
  };
};
