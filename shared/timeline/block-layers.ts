import { type Blocks, RectList, type Rects } from './scene.ts';

/** Blocks as rectangles, a list for each colour. */
export function layersOf({ columns, inks, dpr }: Blocks): Rects[] {
  const { x0, x1, up, down, lanes } = columns;
  const lists = Array.from({ length: 6 }, () => new RectList());
  const [sentPeak, receivedPeak, sent, received, sentDark, receivedDark] = lists as [
    RectList,
    RectList,
    RectList,
    RectList,
    RectList,
    RectList,
  ];
  for (const { from, to, zero } of lanes) {
    for (let i = from; i < to; i += 1) {
      const x = x0[i]! / dpr;
      const width = (x1[i]! - x0[i]!) / dpr;
      const add = (list: RectList, top: number, bottom: number) => {
        if (bottom > top) list.add(x, top / dpr, width, (bottom - top) / dpr);
      };
      add(sentPeak, zero - up.peak[i]!, zero - up.full[i]!);
      add(sent, zero - up.full[i]!, zero - up.dark[i]!);
      add(sentDark, zero - up.dark[i]!, zero);
      // The line of nothing is a device pixel thick.
      const under = zero + 1;
      add(receivedDark, under, under + down.dark[i]!);
      add(received, under + down.dark[i]!, under + down.full[i]!);
      add(receivedPeak, under + down.full[i]!, under + down.peak[i]!);
    }
  }
  const paints = [inks.sent, inks.received, inks.sent, inks.received, inks.sentDark, inks.receivedDark];
  return lists.map((list, n) => list.shape(paints[n]!, n < 2 ? inks.peakOpacity : 1));
}
