import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { DestinationRow } from '../../../../shared/types/destination.ts';
import { useLoad } from '../../../state/use-load.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { MapLegend } from './MapLegend.tsx';
import { fullRadius, labelOffset, type MapMark, type Measure, marksOf } from './map-marks.ts';
import { type MapView, moved, wholeWorld, zoomed } from './map-view.ts';
import { surface, type WorldShapes, worldShapes } from './world-shapes.ts';
import './map.css';

interface WorldMapProps {
  readonly rows: readonly DestinationRow[];
  readonly measure: Measure;
  /** The country that is filtered by. */
  readonly chosen: string | null;
  readonly onChoose: (code: string | null) => void;
}

/** Land and borders. They change with nothing but what is contacted: drawn once, moved by the browser. */
const Land = memo(function Land({
  shapes,
  seen,
  chosen,
}: {
  shapes: WorldShapes;
  seen: string;
  chosen: string | null;
}) {
  const codes = new Set(seen.split(' '));
  return (
    <>
      <path className="map-sea" d={shapes.rim} />
      {shapes.countries.map(({ code, path }, n) =>
        path === '' ? null : (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: the atlas never changes its order
            key={n}
            className={
              code !== null && code === chosen
                ? 'map-land map-land-chosen'
                : code !== null && codes.has(code)
                  ? 'map-land map-land-seen'
                  : 'map-land'
            }
            data-code={code ?? undefined}
            d={path}
          />
        ),
      )}
    </>
  );
});

function Mark({ mark, id, focused }: { mark: MapMark; id: string; focused: boolean }) {
  const [dx, dy] = labelOffset(mark);
  return (
    <g
      id={id}
      role="option"
      aria-selected={mark.chosen}
      aria-label={mark.said}
      data-code={mark.code}
      className={`map-mark${mark.chosen ? ' map-mark-chosen' : ''}${focused ? ' map-mark-focused' : ''}`}
      transform={`translate(${mark.x.toFixed(1)} ${mark.y.toFixed(1)})`}
    >
      <title>{mark.said}</title>
      <circle className="map-hit" r={Math.max(mark.radius, 9)} />
      {mark.amount === null ? (
        <rect className="map-unknown" x={-4} y={-4} width={8} height={8} />
      ) : (
        <circle className="map-circle" r={mark.radius} />
      )}
      {mark.disputed ? <circle className="map-disputed" r={mark.radius + 2.5} /> : null}
      {focused ? <circle className="map-focus" r={mark.radius + 5} /> : null}
      {mark.label === null ? null : (
        <text className="map-letters" x={dx} y={dy} dy="0.35em">
          {mark.code}
        </text>
      )}
    </g>
  );
}

/** How wide an element is, in pixels, as it changes. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const own = box.current;
    if (own === null) return;
    const observer = new ResizeObserver(() => setWidth(own.clientWidth));
    observer.observe(own);
    setWidth(own.clientWidth);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}

/**
 * Countries of the addresses that were contacted. The area of a circle is the amount; every country that was contacted has one that can
 * be seen and hit, however small its land is. One stop for Tab: arrows go from circle to circle, Enter filters.
 */
export function WorldMap({ rows, measure, chosen, onChoose }: WorldMapProps) {
  const shapes = useLoad('shapes of the world', worldShapes).data;
  const { box, width } = useWidth();
  const [view, setView] = useState<MapView>(wholeWorld);
  const [current, setCurrent] = useState(0);
  const [focused, setFocused] = useState(false);
  const drag = useRef<{ x: number; y: number; far: boolean } | null>(null);
  const scale = (width / surface.width) * view.zoom;
  const height = (width * surface.height) / surface.width;
  const left = width / 2 - view.x * scale;
  const top = height / 2 - view.y * scale;
  const marks = useMemo(
    () =>
      shapes === null || width === 0
        ? []
        : marksOf({
            rows,
            measure,
            chosen,
            full: fullRadius(width),
            at: (code) => {
              const place = shapes.places.get(code);
              return place === undefined ? null : [place[0] * scale + left, place[1] * scale + top];
            },
          }),
    [shapes, rows, measure, chosen, width, scale, left, top],
  );
  const seen = useMemo(() => rows.flatMap(({ key }) => (key === null ? [] : [key])).join(' '), [rows]);
  const at = Math.min(current, marks.length - 1);
  const idOf = (mark: MapMark) => `map-mark-${mark.code}`;

  const svg = useRef<SVGSVGElement>(null);
  const latest = useRef({ scale, left, top });
  latest.current = { scale, left, top };
  useEffect(() => {
    const own = svg.current;
    if (own === null) return;
    // The page must not scroll while the map zooms, and a listener of React's could not forbid it.
    const onWheel = (turn: WheelEvent) => {
      turn.preventDefault();
      const frame = own.getBoundingClientRect();
      const now = latest.current;
      const point = [
        (turn.clientX - frame.left - now.left) / now.scale,
        (turn.clientY - frame.top - now.top) / now.scale,
      ] as const;
      setView((old) => zoomed(old, Math.exp(-turn.deltaY / 300), point));
    };
    own.addEventListener('wheel', onWheel, { passive: false });
    return () => own.removeEventListener('wheel', onWheel);
  }, []);

  function choose(code: string | undefined): void {
    if (code === undefined || !rows.some(({ key }) => key === code)) return;
    onChoose(code === chosen ? null : code);
  }

  /** Zooms in on a country where one is named and the whole world is shown, else on what stands in the middle. */
  function zoom(factor: number, code?: string): void {
    const place = code === undefined ? undefined : shapes?.places.get(code);
    setView((old) => {
      const toward = place !== undefined && (old.zoom === 1 || code === chosen || focused);
      return zoomed(toward ? { ...old, x: place[0], y: place[1] } : old, factor);
    });
  }

  function onKeyDown(press: KeyboardEvent): void {
    setFocused(true);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[press.key];
    if (step !== undefined && marks.length > 0) setCurrent((at + step + marks.length) % marks.length);
    else if (press.key === 'Home') setCurrent(0);
    else if (press.key === 'End') setCurrent(Math.max(0, marks.length - 1));
    else if (press.key === 'Enter' || press.key === ' ') choose(marks[at]?.code);
    else if (press.key === '+') zoom(1.6, marks[at]?.code);
    else if (press.key === '-') zoom(1 / 1.6);
    else if (press.key === '0') setView(wholeWorld);
    else return;
    press.preventDefault();
  }

  function onPointerMove(move: PointerEvent<SVGSVGElement>): void {
    const held = drag.current;
    if (held === null || view.zoom === 1) return;
    const [dx, dy] = [move.clientX - held.x, move.clientY - held.y];
    if (!held.far && Math.hypot(dx, dy) < 4) return;
    if (!held.far) move.currentTarget.setPointerCapture(move.pointerId);
    drag.current = { x: move.clientX, y: move.clientY, far: true };
    setView((old) => moved(old, -dx / scale, -dy / scale));
  }

  return (
    <div className="map">
      <div className="map-frame">
        <div
          ref={box}
          className="map-box"
          role="listbox"
          aria-label="Map: countries of the addresses that were contacted"
          aria-activedescendant={focused && marks[at] ? idOf(marks[at]) : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={(event) => setFocused(event.currentTarget.matches(':focus-visible'))}
          onBlur={() => setFocused(false)}
        >
          <svg
            ref={svg}
            className="map-picture"
            width={width}
            height={height}
            data-zoomed={view.zoom > 1 || undefined}
            role="presentation"
            onPointerDown={(press) => {
              drag.current = { x: press.clientX, y: press.clientY, far: false };
            }}
            onPointerMove={onPointerMove}
            onPointerUp={(release) => {
              const far = drag.current?.far ?? false;
              drag.current = null;
              const hit = release.target instanceof Element ? release.target.closest('[data-code]') : null;
              if (far || hit === null) return;
              const code = hit.getAttribute('data-code') ?? undefined;
              const n = marks.findIndex((mark) => mark.code === code);
              if (n >= 0) setCurrent(n);
              choose(code);
            }}
          >
            <g transform={`translate(${left} ${top}) scale(${scale})`}>
              {shapes === null ? null : <Land shapes={shapes} seen={seen} chosen={chosen} />}
            </g>
            <g className={`map-marks map-marks-${measure}`}>
              {marks.map((mark, n) => (
                <Mark key={mark.code} mark={mark} id={idOf(mark)} focused={focused && n === at} />
              ))}
            </g>
          </svg>
        </div>
        <div className="map-zoom">
          <IconButton
            label="Zoom in  +"
            placement="left"
            icon={<ZoomIn className="icon" />}
            onPress={() => zoom(1.6, chosen ?? marks[0]?.code)}
          />
          <IconButton
            label="Zoom out  −"
            placement="left"
            icon={<ZoomOut className="icon" />}
            onPress={() => zoom(1 / 1.6)}
          />
          {view.zoom > 1 ? (
            <IconButton
              label="The whole world  0"
              placement="left"
              icon={<Maximize2 className="icon" />}
              onPress={() => setView(wholeWorld)}
            />
          ) : null}
        </div>
      </div>
      <MapLegend marks={marks} measure={measure} full={fullRadius(width)} />
    </div>
  );
}
