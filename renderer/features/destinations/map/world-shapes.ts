import { geoArea, geoCentroid, geoEqualEarth, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { lettersOfFigures, pointsWithoutShape } from './country-ids.ts';

/** The drawing surface that shapes are put on; the map scales it. */
export const surface = { width: 1000, height: 430 } as const;

export interface CountryShape {
  /** Two letters, or null for a territory without a code. */
  readonly code: string | null;
  /** An SVG path on the surface; empty where the shape is too small to be drawn. */
  readonly path: string;
}

export interface WorldShapes {
  readonly countries: readonly CountryShape[];
  /** The rim of the globe. */
  readonly rim: string;
  /** Where the mark of a country stands: the middle of its largest piece, on the surface. */
  readonly places: ReadonlyMap<string, readonly [x: number, y: number]>;
}

/** Points nearer than this to the one before are left out, and rings smaller than it. */
const FINE = 0.45;

/** A projection of equal areas, so that no country looks larger than it is. `precision`: pixels, 0 puts nothing between points. */
const projectionOf = (precision: number) =>
  geoEqualEarth()
    .rotate([-11, 0])
    .precision(precision)
    .fitExtent(
      [
        [2, 2],
        [surface.width - 2, surface.height + 60],
      ],
      { type: 'Sphere' },
    );
// The shapes are dense already.
const projection = projectionOf(0);

/** Writes a path as short as the surface can show it. */
class ThinPath {
  readonly #rings: string[] = [];
  #ring: [number, number][] = [];

  moveTo(x: number, y: number): void {
    this.#end();
    this.#ring = [[x, y]];
  }
  lineTo(x: number, y: number): void {
    const last = this.#ring.at(-1);
    if (last && Math.abs(last[0] - x) < FINE && Math.abs(last[1] - y) < FINE) return;
    this.#ring.push([x, y]);
  }
  closePath(): void {
    this.#end();
  }
  beginPath(): void {}
  arc(): void {}
  text(): string {
    this.#end();
    return this.#rings.join('');
  }
  #end(): void {
    if (this.#ring.length > 2) {
      this.#rings.push(`M${this.#ring.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`);
    }
    this.#ring = [];
  }
}

/** A piece of land, in the words of GeoJSON. */
interface Piece {
  readonly type: 'Polygon';
  readonly coordinates: number[][][];
}
interface Shape {
  readonly type: 'Feature';
  readonly id?: string | number;
  readonly properties: null;
  readonly geometry: Piece | { readonly type: 'MultiPolygon'; readonly coordinates: number[][][][] };
}
type Atlas = Parameters<typeof feature>[0];

function pathOf(shape: Shape): string {
  const thin = new ThinPath();
  geoPath(projection, thin)(shape);
  return thin.text();
}

/** The middle of the largest piece: overseas parts do not pull it into the sea. */
function middleOf({ geometry }: Shape): readonly [number, number] | null {
  const pieces: Piece[] =
    geometry.type === 'Polygon'
      ? [geometry]
      : geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
  const largest = pieces.reduce((best, piece) => (geoArea(piece) > geoArea(best) ? piece : best), pieces[0]!);
  return projection(geoCentroid(largest));
}

/** Draws the atlas (Natural Earth, 1:50 million, as the package `world-atlas` carries it). Antarctica is left out. */
export function shapesOf(atlas: unknown): WorldShapes {
  const topology = atlas as Atlas;
  const { features: shapes } = feature(topology, topology.objects.countries!) as unknown as { features: Shape[] };
  const places = new Map<string, readonly [number, number]>();
  for (const [code, point] of Object.entries(pointsWithoutShape)) {
    const place = projection([point[0], point[1]]);
    if (place) places.set(code, place);
  }
  const countries: CountryShape[] = [];
  for (const shape of shapes) {
    const code = lettersOfFigures(shape.id);
    if (code === 'AQ') continue;
    countries.push({ code, path: pathOf(shape) });
    const middle = middleOf(shape);
    // The first shape of a code is the country, others are islands that belong to it.
    if (code !== null && middle !== null && !places.has(code)) places.set(code, middle);
  }
  const rim = new ThinPath();
  geoPath(projectionOf(0.3), rim)({ type: 'Sphere' });
  return { countries, rim: rim.text(), places };
}

let drawn: Promise<WorldShapes> | null = null;

/** The world's shapes, drawn once. The atlas is part of the program and read when a map is first shown. */
export function worldShapes(): Promise<WorldShapes> {
  drawn ??= import('world-atlas/countries-50m.json').then((atlas: { default: unknown }) => shapesOf(atlas.default));
  return drawn;
}
