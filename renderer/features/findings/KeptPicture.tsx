import { useEffect, useId, useRef } from 'react';
import { readSvg } from '../../../shared/timeline/read-svg.ts';
import { bridge } from '../../bridge/bridge.ts';
import { useLoad } from '../../state/use-load.ts';
import { FailureBox } from '../../ui/FailureBox.tsx';

/**
 * A picture of the timeline, in the page's own fonts: as an image it would be shown in those of the system, which are of other widths. It is
 * taken apart first, so that nothing but plain shapes and texts comes into the page.
 */
export function SvgPicture({ svg, alt }: { svg: string; alt: string }) {
  const host = useRef<HTMLDivElement>(null);
  const id = useId().replaceAll(/[^a-zA-Z0-9]/g, '');
  useEffect(() => {
    const put = host.current;
    if (!put) return;
    const made = readSvg(svg) ? drawnBy(svg, id) : null;
    put.replaceChildren(...(made ? [made] : []));
  }, [svg, id]);
  return <div ref={host} role="img" aria-label={alt} className="finding-picture" />;
}

/** The picture as an element. Pictures of one page have names of their own for their patterns and boxes. */
function drawnBy(svg: string, id: string): Element | null {
  const own = svg
    .replaceAll(/(\bid="|url\(#)([a-z]\d+)/g, `$1${id}-$2`)
    .replaceAll(' style="white-space:pre"', ' class="kept-spaces"');
  const { documentElement } = new DOMParser().parseFromString(own, 'image/svg+xml');
  if (documentElement.localName !== 'svg') return null;
  const made = document.importNode(documentElement, true);
  made.setAttribute('aria-hidden', 'true');
  return made;
}

/** The picture of a finding as it lies in the case. */
export function KeptPicture({ caseId, of, alt }: { caseId: string; of: string; alt: string }) {
  const kept = useLoad(`picture ${caseId} ${of}`, () => bridge().client.findings.picture({ case: caseId, key: of }));
  if (kept.failure) return <FailureBox failure={kept.failure} onAgain={kept.again} />;
  return kept.data ? <SvgPicture svg={kept.data.svg} alt={alt} /> : <p className="quiet">The picture is being read.</p>;
}
