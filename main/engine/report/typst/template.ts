import { families, pictureFamily } from '../fonts.ts';

const escaped = (character: number) => `\\u{${character.toString(16)}}`;

const fontList = families
  .map(({ name, covers }) => {
    if (covers === null) return `"${name}"`;
    const ranges = covers.map(([first, last]) => `${escaped(first)}-${escaped(last)}`).join('');
    return `(name: "${name}", covers: regex("[${ranges}]"))`;
  })
  .join(', ');

/** Where the template finds the report's data, in the typesetter's own virtual folder. */
export const DATA_FILE = '/report.json';

/**
 * The look of the report. No word of it comes from a case and none of the report's sentences stand in it: all text is
 * read from the data file as strings, which Typst sets as they are and never reads as its own language.
 */
export const template = `
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
// A gap that nobody sees is a place where a line may end, and leaves no sign in the text that is copied out.
#let pieces(all) = for (index, piece) in all.enumerate() { if index > 0 { h(0.001pt) }; piece }
#let run(r) = if type(r) == str { r } else if "b" in r { strong(r.b) } else {
  let body = text(weight: 400, pieces(r.at("u", default: r.at("m", default: ()))))
  // What runs from right to left is kept apart, or it would turn the figures beside it; it stands on the same line as they.
  if r.turns { context box(baseline: if type(text.bottom-edge) == length { -text.bottom-edge } else { 0pt }, body) } else { body }
}
#let runs(all) = for r in all { run(r) }
#let lines(all, size) = stack(
  spacing: 1.6pt,
  ..all.map(l => {
    set par(leading: 0.22em)
    if l.look == "plain" { text(size: size, runs(l.runs)) } else { text(size: size - 1.2pt, fill: if l.look == "small" { muted } else { ink }, runs(l.runs)) }
  }),
)

// A heading needs room beneath it, or it goes to the next page: it is set in a block as high as that room, and the rest
// of the block is given back.
#let with-room(above, room, body) = layout(size => {
  let height = measure(block(width: size.width, body)).height
  block(above: above, below: 0pt, height: height + room, width: 100%, breakable: false, sticky: true, body)
  v(-room)
})
#set heading(numbering: "1")
#show heading.where(level: 1): it => with-room(24pt, 42mm, block(width: 100%, stroke: (top: 1.2pt + ink), inset: (top: 7pt, bottom: 3pt))[
  #set text(size: 14.5pt, weight: 600)
  #grid(columns: (9mm, 1fr), counter(heading).display("1"), it.body)
])
#show heading.where(level: 2): it => with-room(14pt, 20mm, text(size: 10pt, weight: 600, fill: accent, it.body))

#let heading-block(b) = heading(level: 2, numbering: none, outlined: false, runs(b.runs))

#let para-block(b) = {
  let body = if b.look == "lead" { text(size: 10.5pt, runs(b.runs)) } else if b.look == "small" or b.look == "dense" {
    text(size: 8pt, fill: if b.look == "small" { muted } else { ink }, runs(b.runs))
  } else { runs(b.runs) }
  block(sticky: b.keep, width: 100%, body)
}

#let items-block(b) = list(marker: text(fill: accent)[•], indent: 0pt, body-indent: 6pt, spacing: 0.72em, ..b.items.map(runs))

#let facts-table(rows, label-width, size, gap) = grid(
  columns: (label-width, 1fr),
  stroke: (x, y) => (top: if y == 0 { none } else { 0.4pt + hair }),
  inset: (x, y) => (left: if x == 0 { 0pt } else { 4mm }, y: gap),
  ..rows.map(r => (text(size: size, fill: muted, runs(r.label)), lines(r.value, size))).flatten(),
)
#let facts-block(b) = facts-table(b.rows, 42mm, 9pt, 3.4pt)

#let tiles-block(b) = block(breakable: false, above: 10pt, below: 13pt, grid(
  columns: (1fr,) * b.tiles.len(),
  column-gutter: 3mm,
  fill: shade,
  stroke: (top: 1.6pt + accent),
  inset: (x: 6pt, top: 7pt, bottom: 6pt),
  ..b.tiles.map(t => stack(
    spacing: 4pt,
    text(size: 7.5pt, fill: muted, t.label),
    text(size: 15pt, weight: 600, t.value),
    text(size: 6.8pt, fill: muted, t.note),
  )),
))

#let width-of(w) = if w == "rest" { 1fr } else { w * 1mm }
#let side-of(a) = if a == "right" { right } else { left }
#let table-size = 8pt
#let cells(row) = row.map(c => block(breakable: false, width: 100%, lines(c, table-size)))
#let table-block(b) = {
  let n = b.columns.len()
  let end = b.rows.len() + 1
  table(
    columns: b.columns.map(c => width-of(c.width)),
    align: (x, y) => side-of(b.columns.at(x).align) + (if y == 0 { bottom } else { top }),
    stroke: (x, y) => (
      top: if y == 0 or y == end { 0.9pt + ink } else if y == 1 { 0.6pt + ink } else { 0.4pt + hair },
      bottom: if y == (if b.total == none { end - 1 } else { end }) { 0.6pt + ink } else { none },
    ),
    inset: (x, y) => (left: if x == 0 { 0pt } else { 4pt }, right: if x == n - 1 { 0pt } else { 4pt }, y: 3.2pt),
    table.header(..b.columns.map(c => text(size: 7.2pt, weight: 600, c.title))),
    ..b.rows.map(cells).flatten(),
    ..if b.total == none { () } else { cells(b.total) },
  )
}

// The letters of the window's drawing, each on its line: the picture is that of the screen.
#let label(l) = box(text(
  font: ("${pictureFamily}", ${fontList}),
  size: l.size * 1mm, fill: rgb(l.fill), weight: l.weight, top-edge: "baseline", bottom-edge: "baseline", overhang: false, l.text,
))
#let art(b) = {
  place(top + left, image(bytes(b.svg), format: "svg", width: b.width * 1mm, height: b.height * 1mm, alt: b.alt))
  for l in b.labels {
    let (side, dx) = if l.anchor == "left" { (left, l.x) } else if l.anchor == "right" { (right, l.x - b.width) } else { (center, l.x - b.width / 2) }
    place(top + side, dx: dx * 1mm, dy: l.y * 1mm, label(l))
  }
}
#let drawing-block(b) = {
  heading(level: 2, numbering: none, outlined: false, b.title)
  block(breakable: false, width: 100%, {
    box(width: b.width * 1mm, height: b.height * 1mm, art(b))
    block(above: 5pt, text(size: 8pt, fill: muted, runs(b.caption)))
  })
}

#let picture-block(b) = block(breakable: false, width: 100%, {
  box(width: b.width * 1mm, height: b.height * 1mm, stroke: 0.4pt + hair, clip: true, art(b))
  block(above: 4pt, text(size: 7.5pt, fill: muted, runs(b.caption)))
})

#let notice-block(b) = block(width: 100%, breakable: false, fill: rgb("#fff6e5"), stroke: (left: 2.4pt + rgb("#b86e00")), inset: (x: 9pt, y: 7pt), above: 10pt, below: 10pt, {
  strong(b.title)
  [ ]
  runs(b.runs)
})
#let code-block(b) = block(width: 100%, breakable: false, fill: shade, inset: (x: 8pt, y: 6pt), above: 6pt, below: 11pt, stack(spacing: 5pt, ..b.lines.map(l => text(size: 8.4pt, runs(l)))))

#let show-block(b) = {
  if b.kind == "heading" { heading-block(b) } else if b.kind == "para" { para-block(b) } else if b.kind == "items" { items-block(b) } else if b.kind == "facts" { facts-block(b) } else if b.kind == "tiles" { tiles-block(b) } else if b.kind == "table" { table-block(b) } else if b.kind == "drawing" { drawing-block(b) } else if b.kind == "picture" { picture-block(b) } else if b.kind == "notice" { notice-block(b) } else if b.kind == "code" { code-block(b) } else { panic(b.kind) }
}

#set page(
  paper: "a4",
  margin: (left: 18mm, right: 18mm, top: 25mm, bottom: 22mm),
  header-ascent: 7mm,
  footer-descent: 8mm,
  header: context if counter(page).get().first() > 1 {
    set text(size: 7.5pt, fill: muted)
    block(width: 100%, stroke: (bottom: 0.4pt + hair), inset: (bottom: 4pt), grid(columns: (1fr, auto), column-gutter: 8mm, runs(d.header.left), runs(d.header.right)))
  },
  footer: context {
    set text(size: 7.5pt, fill: muted)
    let (here, all) = (counter(page).get().first(), counter(page).final().first())
    block(width: 100%, stroke: (top: 0.4pt + hair), inset: (top: 4pt), grid(columns: (1fr, auto), runs(d.footer), [#d.page.at(0)#here#d.page.at(1)#all]))
  },
)

// The cover.
#block(below: 5mm, text(size: 8.5pt, weight: 600, fill: accent, tracking: 0.6pt, upper(d.cover.kind)))
#block(below: 4mm, text(size: 25pt, weight: 600, top-edge: "cap-height", bottom-edge: "baseline", d.cover.title))
#block(below: 9mm, text(size: 14pt, fill: muted, runs(d.cover.subject)))
#if d.cover.notice != none { notice-block(d.cover.notice) }
#block(stroke: (top: 1.2pt + ink), inset: (top: 3pt), width: 100%, facts-table(d.cover.facts, 42mm, 9.2pt, 4pt))
#v(1fr)
#block(breakable: false, width: 100%, stroke: (top: 1.2pt + ink), inset: (top: 7pt), {
  block(below: 7pt, text(size: 10pt, weight: 600, d.cover.contents))
  set text(size: 8.6pt)
  context {
    let all = query(heading.where(level: 1))
    let entry(at) = if at < all.len() {
      let it = all.at(at)
      let place = it.location()
      link(place, grid(columns: (7mm, 1fr, auto), text(fill: muted, str(at + 1)), it.body, text(fill: muted, str(counter(page).at(place).first()))))
    }
    let half = calc.ceil(all.len() / 2)
    grid(
      columns: (1fr, 1fr),
      column-gutter: 10mm,
      row-gutter: 5pt,
      ..range(half).map(at => (entry(at), entry(at + half))).flatten(),
    )
  }
})
#pagebreak(weak: true)

#for s in d.sections {
  heading(level: 1, s.title)
  for b in s.blocks { show-block(b) }
}
`;
