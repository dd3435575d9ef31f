import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { putAway, useNotices } from '../../state/notices.ts';
import { IconButton } from '../../ui/Button.tsx';
import '../../ui/notice.css';

const signs = { good: CircleCheck, warn: TriangleAlert, bad: CircleAlert, info: Info } as const;

/** What just happened, in the corner. Read aloud; failures stay until they are put away. */
export function Notices() {
  const list = useNotices((state) => state.list);
  return (
    <section className="notices" aria-label="Notices" aria-live="polite">
      {list.map((entry) => {
        const Sign = signs[entry.tone];
        return (
          <div key={entry.id} className={`box box-${entry.tone}`} role={entry.tone === 'bad' ? 'alert' : undefined}>
            <Sign className="icon" />
            <div className="box-words">
              <p className={entry.advice === null ? undefined : 'box-first'}>{entry.text}</p>
              {entry.advice === null ? null : <p>{entry.advice}</p>}
            </div>
            <IconButton label="Put away" icon={<X className="icon" />} onPress={() => putAway(entry.id)} />
          </div>
        );
      })}
    </section>
  );
}
