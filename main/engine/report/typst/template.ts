import { families } from '../fonts.ts';

const fontList = families
  .map(({ name, covers }) => (covers === null ? `"${name}"` : `(name: "${name}", covers: regex("${covers}"))`))
  .join(', ');

/** Where the template finds the report's data, in the typesetter's own virtual folder. */
export const DATA_FILE = '/report.json';

/**
 * The look of the report. No word of it comes from a case and none of the report's sentences stand in it: all text is
 * read from the data file as strings, which Typst sets as they are and never reads as its own language.
 */
export const template = String.raw`
#let d = json("${DATA_FILE}")
#let ink = rgb("#1a1e24")
#let muted = rgb("#59616c")
#let hair = rgb("#d6dae0")
#let accent = rgb("#1d4f7c")
#let shade = rgb("#f3f5f8")

#set document(
  title: d.title,
  author: d.authors,
  date: datetime(year: d.date.at(0), month: d.date.at(1), day: d.date.at(2), hour: d.date.at(3), minute: d.date.at(4), second: d.date.at(5)),
)
#set text(font: (${fontList}), fallback: false, lang: "en", size: 9pt, fill: ink, ligatures: false, hyphenate: false, top-edge: 0.8em, bottom-edge: -0.2em)
#set par(leading: 0.38em, spacing: 0.85em, justify: false)
#set strong(delta: 200)

// Runs: a string is the program's; (b) strong; (u) text from the case; (m) the same, to be compared letter by letter.
#let pieces(all) = for (index, piece) in all.enumerate() { if index > 0 { h(0pt) }; piece }
#let run(r) = if type(r) == str { r } else if "b" in r { strong(r.b) } else {
  let body = text(weight: 400, pieces(r.at("u", default: r.at("m", default: ()))))
  if r.turns { box(body) } else { body }
}
#let runs(all) = for r in all { run(r) }
#let lines(all, size) = stack(
  spacing: 1.6pt,
  ..all.map(l => {
    set par(leading: 0.22em)
    if l.small { text(size: size - 1.2pt, fill: muted, runs(l.runs)) } else { text(size: size, runs(l.runs)) }
  }),
)

#set heading(numbering: "1")
#show heading.where(level: 1): it => block(above: 22pt, below: 10pt, sticky: true, width: 100%, stroke: (top: 1.2pt + ink), inset: (top: 7pt))[
  #set text(size: 14.5pt, weight: 600)
  #grid(columns: (9mm, 1fr), counter(heading).display("1"), it.body)
]
#show heading.where(level: 2): it => block(above: 15pt, below: 7pt, sticky: true, text(size: 10pt, weight: 600, fill: accent, it.body))

#let heading-block(b) = heading(level: 2, numbering: none, outlined: false, runs(b.runs))

#let para-block(b) = {
  let body = if b.look == "lead" { text(size: 10.5pt, runs(b.runs)) } else if b.look == "small" {
    text(size: 8pt, fill: muted, runs(b.runs))
  } else { runs(b.runs) }
  block(sticky: b.keep, width: 100%, body)
}

#let items-block(b) = list(marker: text(fill: accent)[•], indent: 0pt, body-indent: 6pt, spacing: 0.72em, ..b.items.map(runs))

#let facts-table(rows, label-width, size, gap) = table(
  columns: (label-width, 1fr),
  stroke: (x, y) => (top: if y == 0 { none } else { 0.4pt + hair }),
  inset: (x: 0pt, y: gap),
  column-gutter: 4mm,
  ..rows.map(r => (text(size: size, fill: muted, runs(r.label)), lines(r.value, size))).flatten(),
)
#let facts-block(b) = facts-table(b.rows, 42mm, 9pt, 3.4pt)

#let tiles-block(b) = block(breakable: false, above: 10pt, below: 13pt, grid(
  columns: (1fr,) * b.tiles.len(),
  column-gutter: 3mm,
  ..b.tiles.map(t => block(width: 100%, stroke: (top: 1.6pt + accent), fill: shade, inset: (x: 6pt, top: 6pt, bottom: 6pt), {
    set par(leading: 0.2em, spacing: 3pt)
    text(size: 7.5pt, fill: muted, t.label)
    parbreak()
    text(size: 15pt, weight: 600, t.value)
    parbreak()
    text(size: 6.8pt, fill: muted, t.note)
  })),
))

#let width-of(w) = if w == "rest" { 1fr } else { w * 1mm }
#let side-of(a) = if a == "right" { right } else { left }
#let table-block(b) = {
  let n = b.columns.len()
  let last = b.rows.len()
  table(
    columns: b.columns.map(c => width-of(c.width)),
    align: (x, y) => side-of(b.columns.at(x).align) + top,
    stroke: (x, y) => (
      top: if y == 0 { 0.9pt + ink } else if y == 1 { 0.6pt + ink } else { 0.4pt + hair },
      bottom: if y == last and b.total == none { 0.6pt + ink },
    ),
    inset: (x, y) => (left: if x == 0 { 0pt } else { 4pt }, right: if x == n - 1 { 0pt } else { 4pt }, top: 3pt, bottom: 3pt),
    table.header(..b.columns.map(c => text(size: 7.2pt, weight: 600, c.title))),
    ..b.rows.flatten-cells(),
  )
}
`;
