import { hatchSide } from '../../shared/timeline/hatching.ts';

/** The square that a hatched ground repeats, in device pixels. */
export function hatchTile(line: string, ground: string, dpr: number): HTMLCanvasElement {
  const side = hatchSide(dpr);
  const tile = document.createElement('canvas');
  tile.width = side;
  tile.height = side;
  const t = tile.getContext('2d');
  if (!t) return tile;
  t.fillStyle = ground;
  t.fillRect(0, 0, side, side);
  t.strokeStyle = line;
  t.lineWidth = dpr;
  t.beginPath();
  for (const shift of [-side, 0, side]) {
    t.moveTo(shift - 1, side + 1);
    t.lineTo(shift + side + 1, -1);
  }
  t.stroke();
  return tile;
}
