export const reportSections = [
  { id: 'cover', title: 'Cover', required: true },
  { id: 'summary', title: 'Summary', required: false },
  { id: 'phone', title: 'The phone', required: true },
  { id: 'acquisition', title: 'How and when it was acquired', required: true },
  { id: 'clock', title: 'Clocks', required: false },
  { id: 'timeline', title: 'Timeline', required: false },
  { id: 'apps', title: 'Apps and their totals', required: false },
  { id: 'findings', title: 'Findings', required: false },
  { id: 'limits', title: 'Limits', required: true },
  { id: 'evidence', title: 'Evidence and hashes', required: true },
  { id: 'verify', title: 'How to verify this report', required: true },
] as const;

const rule = (x: number, y: number, w: number) => `<rect x="${x}" y="${y}" width="${w}" height="0.5" fill="#999"/>`;

/** A4 pages that only show how a page sits in the preview. */
export function mockPages(omit: readonly string[], date: string): { svg: string }[] {
  const kept = reportSections.filter((section) => !omit.includes(section.id));
  return kept.map((section, index) => {
    const lines = Array.from({ length: 26 }, (_, line) =>
      rule(70, 190 + line * 20, 455 - ((line * 73 + index * 31) % 160)),
    );
    const bars = Array.from({ length: 60 }, (_, n) => {
      const height = 10 + ((n * 37 + index * 11) % 70);
      return `<rect x="${70 + n * 7.5}" y="${640 - height}" width="5" height="${height}" fill="#a9520e"/>`;
    });
    const body = section.id === 'timeline' ? bars : lines;
    const title = index === 0 ? 'Network activity of one phone' : section.title;
    return {
      svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595" height="842"><rect width="595" height="842" fill="#fff"/><text x="70" y="120" font-family="sans-serif" font-size="${index === 0 ? 26 : 18}" font-weight="600">${title}</text><text x="70" y="150" font-family="sans-serif" font-size="10" fill="#555">2026-117-03 · ${date} · made-up data</text>${body.join('')}<text x="525" y="800" text-anchor="end" font-family="sans-serif" font-size="9" fill="#555">${index + 1} / ${kept.length}</text></svg>`,
    };
  });
}
