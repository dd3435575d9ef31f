/** A colour that every painter understands: `#rrggbb`, and how much of it covers what lies under it (0 to 1). */
export interface PlainColour {
  readonly hex: string;
  readonly alpha: number;
}

/** Reads the forms of colour that tokens have: `#rgb`, `#rrggbb`, `rgb(11 107 97 / 14%)`, `rgba(11, 107, 97, 0.14)`. Any other is a grey. */
export function plainColour(colour: string): PlainColour {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim())?.[1]?.toLowerCase();
  if (hex?.length === 6) return { hex: `#${hex}`, alpha: 1 };
  if (hex) return { hex: `#${[...hex].map((digit) => digit + digit).join('')}`, alpha: 1 };
  const parts = /^rgba?\(([^)]+)\)$/i
    .exec(colour.trim())?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean);
  if (!parts || parts.length < 3) return { hex: '#888888', alpha: 1 };
  const channel = (text: string) =>
    Math.min(255, Math.max(0, Math.round(Number.parseFloat(text) || 0)))
      .toString(16)
      .padStart(2, '0');
  const alpha = parts[3] === undefined ? 1 : Number.parseFloat(parts[3]) / (parts[3].endsWith('%') ? 100 : 1);
  return { hex: `#${parts.slice(0, 3).map(channel).join('')}`, alpha };
}
