import { Database } from 'lucide-react';
import { useState } from 'react';
import type { SourceView } from '../../../shared/types/destination.ts';
import { Button } from '../../ui/Button.tsx';
import { DatabasesDialog } from './DatabasesDialog.tsx';

const mapWords =
  'Map: Natural Earth. Borders are drawn as they are held in fact, which says nothing on to whom a territory belongs.';

/** The words that licences ask for where results are shown, each once. */
export function attributions(sources: readonly SourceView[]): string[] {
  return [...new Set(sources.flatMap(({ attribution }) => (attribution === null ? [] : [attribution])))];
}

/** Where all of this is known from, and the way to the databases. */
export function SourcesFoot({ sources }: { sources: readonly SourceView[] }) {
  const [open, setOpen] = useState(false);
  const words = [...attributions(sources), mapWords].map((text) => (/[.!?]$/.test(text) ? text : `${text}.`));
  return (
    <section className="dest-foot" aria-label="Sources">
      <p>
        {words.join(' ')} A database says where an address stood on its own day
        {sources.length === 0 ? '' : ': dates stand with each answer'}.
      </p>
      <Button look="quiet" icon={<Database className="icon" />} onPress={() => setOpen(true)}>
        Databases…
      </Button>
      {open ? <DatabasesDialog sources={sources} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}
