import type { Scene } from './device-words.ts';
import { Picture } from './Picture.tsx';
import { stepParts } from './step-parts.ts';

interface GuideProps {
  readonly scene: Scene;
  readonly advice: string | null;
  /** One act a line, in the order in which they are worth trying. */
  readonly steps: readonly string[];
  readonly level?: 2 | 3;
}

/** A picture of what is the matter, its sentence, and the acts one by one. Read aloud when it changes. */
export function Guide({ scene, advice, steps, level = 3 }: GuideProps) {
  const Title = level === 2 ? 'h2' : 'h3';
  return (
    <div className="guide" role="status">
      <Picture name={scene.picture} />
      <div className="guide-words">
        <Title className="guide-title">{scene.title}</Title>
        {advice === null ? null : <p>{advice}</p>}
      </div>
      {steps.length === 0 ? null : (
        <ol className="guide-steps guide-acts">
          {steps.map((step) => (
            <li key={step}>
              {stepParts(step).map((part, n) =>
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
                n % 2 === 1 ? <code key={n}>{part}</code> : part,
              )}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
