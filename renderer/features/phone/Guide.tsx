import type { StateWords } from './device-words.ts';
import { Picture } from './Picture.tsx';

/** A picture of what to do, its sentence, and the acts one by one. Read aloud when it changes. */
export function Guide({ words, advice }: { words: StateWords; advice: string | null }) {
  return (
    <div className="guide" role="status">
      <Picture name={words.picture} />
      <div className="guide-words">
        <h3 className="guide-title">{words.title}</h3>
        {advice === null ? null : <p>{advice}</p>}
        {words.steps.length === 0 ? null : (
          <ol className="guide-steps">
            {words.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}
