import { useEffect, useState } from 'react';
import { bridge } from '../../bridge/bridge.ts';
import { useLoad } from '../../state/use-load.ts';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Segments } from '../../ui/Segments.tsx';

/** The first pages come at once; the rest, some megabytes of drawing, follow while they are looked at. */
const firstPages = 3;
const mostPages = 40;
const settleMs = 250;

/** Follows a value, once it has stood still for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** A page as a picture: an SVG inside <img> can run nothing and load nothing. */
function Page({ svg, number, of }: { svg: string; number: number; of: string }) {
  const [address, setAddress] = useState<string | undefined>(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return (
    <li className="sheet">
      <img src={address} alt={`Page ${number} of ${of}`} width={595} height={842} loading="lazy" decoding="async" />
      <span className="faint" aria-hidden="true">
        {number}
      </span>
    </li>
  );
}

interface PreviewProps {
  readonly caseId: string;
  readonly omit: readonly string[];
  readonly date: string;
  readonly revision: number;
}

/** The pages, as they will be printed. */
export function Preview({ caseId, omit, date, revision }: PreviewProps) {
  const [size, setSize] = useState<'page' | 'many'>('page');
  const wanted = useSettled(JSON.stringify({ omit, date }));
  const pagesUpTo = (maxPages: number) => () =>
    bridge().client.report.preview({ case: caseId, choices: JSON.parse(wanted), maxPages });
  const preview = useLoad(`preview ${caseId} ${wanted}`, pagesUpTo(firstPages), revision);
  const more = preview.data?.truncated === true;
  const whole = useLoad(more ? `whole ${caseId} ${wanted}` : null, pagesUpTo(mostPages), revision);
  const shown = whole.data ?? preview.data;
  const pages = shown?.pages ?? [];
  const count = shown?.truncated ? `more than ${pages.length}` : String(pages.length);
  return (
    <section className="preview" aria-label="Preview">
      <header className="preview-head">
        <p className="quiet" role="status">
          {preview.loading || whole.loading
            ? 'Typesetting the preview'
            : preview.data === null
              ? ''
              : pages.length === 1 && !shown?.truncated
                ? '1 page'
                : `${count} pages`}
        </p>
        <Segments
          label="Size of the preview"
          value={size}
          onChange={setSize}
          options={[
            { key: 'page', text: 'Page' },
            { key: 'many', text: 'Overview' },
          ]}
        />
      </header>
      {preview.failure === null ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable from the keyboard
        <ol className={`sheets sheets-${size}`} tabIndex={0} aria-label="Pages" aria-busy={preview.loading}>
          {pages.map((page, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number
            <Page key={index} svg={page.svg} number={index + 1} of={count} />
          ))}
          {shown?.truncated && !whole.loading ? (
            <li className="quiet sheets-more">The preview ends here. The PDF holds all pages.</li>
          ) : null}
        </ol>
      ) : (
        <div className="place-words">
          <FailureBox failure={preview.failure} onAgain={preview.again} />
        </div>
      )}
    </section>
  );
}
