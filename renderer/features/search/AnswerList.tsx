// biome-ignore-all lint/a11y/useSemanticElements: a listbox of options with two lines and sums is no <select>
// biome-ignore-all lint/a11y/useFocusableInteractive: the field holds the focus and names the current option
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the field has the keys

import { bytesText, contactsText, groupTitles, spokenAnswer } from '../../../shared/text/answer-words.ts';
import type { SearchAnswer, SearchView } from '../../../shared/types/search.ts';
import { Marked } from './Marked.tsx';
import type { TypedMoment } from './targets.ts';

/** The option for a time that was typed. */
export const momentId = 'when';

/** The name of an answer among the options. */
export const answerId = ({ group, key }: SearchAnswer) => `${group} ${key}`;

/** All options in the order of the screen. */
export function optionsOf(view: SearchView | null, moment: boolean): string[] {
  const answers = view?.groups.flatMap((group) => group.answers.map(answerId)) ?? [];
  return moment ? [momentId, ...answers] : answers;
}

interface AnswerListProps {
  /** Begins the ids of all options. */
  readonly id: string;
  readonly view: SearchView | null;
  readonly moment: TypedMoment | null;
  readonly current: string | null;
  readonly onChoose: (option: string) => void;
  /** `other`: with Shift, where it does not open otherwise. */
  readonly onAct: (option: string, other: boolean) => void;
}

/** What was found, in groups: the options of the field above. */
export function AnswerList({ id, view, moment, current, onChoose, onAct }: AnswerListProps) {
  const option = (name: string) => ({
    id: `${id} ${name}`,
    'aria-selected': name === current,
    className: 'search-item',
    // A press would take the focus out of the field.
    onPointerDown: (event: React.PointerEvent) => event.preventDefault(),
    onPointerMove: () => (name === current ? undefined : onChoose(name)),
    onClick: (event: React.MouseEvent) => onAct(name, event.shiftKey),
  });
  const groups = view?.groups ?? [];
  return (
    <div
      className="search-list"
      id={`${id} list`}
      role="listbox"
      aria-label="Answers"
      data-empty={groups.length === 0 && moment === null ? true : undefined}
    >
      {moment === null ? null : (
        <div role="group" aria-label="Time">
          <div className="search-title" aria-hidden="true">
            Time
          </div>
          <div role="option" {...option(momentId)} aria-label={`Go to ${moment.name}`}>
            <span className="search-name">Go to {moment.name}</span>
          </div>
        </div>
      )}
      {groups.map(({ group, total, more, answers }) => (
        <div key={group} role="group" aria-label={groupTitles[group]}>
          <div className="search-title" aria-hidden="true">
            {groupTitles[group]}
            {total > answers.length ? (
              <span className="search-count">
                {answers.length} of {more ? 'more than ' : ''}
                {total}
              </span>
            ) : null}
          </div>
          {answers.map((answer) => (
            <div key={answer.key} role="option" {...option(answerId(answer))} aria-label={spokenAnswer(answer)}>
              <AnswerWords answer={answer} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function AnswerWords({ answer }: { readonly answer: SearchAnswer }) {
  const { name, marks, why, about } = answer;
  return (
    <>
      <span className="search-words">
        <span className="search-name">
          <Marked text={name} marks={marks} />
        </span>
        {why === null ? (
          about === null ? null : (
            <span className="search-about">{about}</span>
          )
        ) : (
          <span className="search-about">
            {why.what}: <Marked text={why.text} marks={why.marks} />
          </span>
        )}
      </span>
      <span className="search-sums">
        <span>{contactsText(answer)}</span>
        <span className="number">{bytesText(answer)}</span>
      </span>
    </>
  );
}
