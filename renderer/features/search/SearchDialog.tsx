import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { SearchView } from '../../../shared/types/search.ts';
import { go, useAddress } from '../../state/address-store.ts';
import { closeSearch, showCaseDetails } from '../../state/search.ts';
import { useZone } from '../../state/zone.ts';
import { FailureBox } from '../../ui/FailureBox.tsx';
import { Segments } from '../../ui/Segments.tsx';
import { AnswerList, answerId, momentId, optionsOf } from './AnswerList.tsx';
import { momentOf, type Target, type TypedMoment, targetsOf } from './targets.ts';
import { useAnswers } from './use-answers.ts';
import './search.css';

function open(target: Target): void {
  closeSearch();
  if (target === 'details') showCaseDetails(true);
  else go(target.place, target.view);
}

/** Apps, hosts, addresses, notes and times of the open case, as somebody types. */
export function SearchDialog({ caseId }: { readonly caseId: string }) {
  const id = useId();
  const [text, setText] = useState('');
  const [inTable, setInTable] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  /** Enter was pressed before the answer to what stands there was here. */
  const [early, setEarly] = useState<{ readonly other: boolean } | null>(null);
  const address = useAddress();
  const zone = useZone();
  const { view, failure } = useAnswers(caseId, text);
  // What stands in the list may still be the answer to what was typed before.
  const waiting = text.trim() !== '' && failure === null && view?.text !== text.trim();
  const moment = momentOf(text, zone, address);
  const timed = moment !== null;
  const options = useMemo(() => optionsOf(view, timed), [view, timed]);
  // The first answer stands ready for Enter until another is chosen.
  const current = chosen !== null && options.includes(chosen) ? chosen : (options[0] ?? null);
  useEffect(() => {
    if (current !== null) document.getElementById(`${id} ${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, current]);

  const act = (option: string | null, other: boolean) => {
    if (option === momentId && moment !== null) return open(moment.target);
    const answer = view?.groups.flatMap(({ answers }) => answers).find((one) => answerId(one) === option);
    if (!answer) return;
    const { first, table } = targetsOf(answer, address);
    open(inTable !== other ? (table ?? first) : first);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: acts once, when the answer has come
  useEffect(() => {
    if (early === null || waiting) return;
    setEarly(null);
    act(current, early.other);
  }, [early, waiting]);
  const step = (by: 1 | -1) => {
    if (options.length === 0) return;
    const at = current === null ? -1 : options.indexOf(current);
    setChosen(options[(at + by + options.length) % options.length] ?? null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Enter') {
      if (waiting) setEarly({ other: event.shiftKey });
      else act(current, event.shiftKey);
    } else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay
      className="veil search-veil"
      isOpen
      isDismissable
      onOpenChange={(stays) => (stays ? undefined : closeSearch())}
    >
      <Modal className="search-frame">
        <Dialog className="search" aria-label="Search this case">
          <div className="search-inside">
            <div className="search-field">
              <Search className="icon" />
              <input
                className="search-input"
                role="combobox"
                aria-label="Search apps, hosts, addresses, notes, or a time"
                aria-autocomplete="list"
                aria-expanded={options.length > 0}
                aria-controls={`${id} list`}
                aria-activedescendant={current === null ? undefined : `${id} ${current}`}
                placeholder="App, package, uid, host, address, organisation, note, or 2026-03-01 14:00"
                autoFocus
                autoComplete="off"
                spellCheck={false}
                maxLength={200}
                value={text}
                onChange={(event) => {
                  setText(event.target.value);
                  setChosen(null);
                  setEarly(null);
                }}
                onKeyDown={press}
              />
            </div>
            <AnswerList id={id} view={view} moment={moment} current={current} onChoose={setChosen} onAct={act} />
            {failure === null ? null : (
              <div className="search-failure">
                <FailureBox failure={failure} />
              </div>
            )}
            <footer className="search-foot">
              <p role="status" className="search-said">
                {said(text, view, waiting, moment)}
              </p>
              <span className="quiet">
                <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> open · <kbd>Shift</kbd>+<kbd>Enter</kbd> the other ·{' '}
                <kbd>Esc</kbd> close
              </span>
              <Segments
                label="Where answers open"
                value={inTable ? 'table' : 'timeline'}
                onChange={(place) => setInTable(place === 'table')}
                options={[
                  { key: 'timeline', text: 'On the timeline' },
                  { key: 'table', text: 'In its table' },
                ]}
              />
            </footer>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** How many answers there are, or why there are none. */
function said(text: string, view: SearchView | null, waiting: boolean, moment: TypedMoment | null): string {
  if (text.trim() === '') return 'Every word must be found; capitals do not matter.';
  const total = view?.groups.reduce((sum, group) => sum + group.total, moment === null ? 0 : 1) ?? 0;
  if (total === 0) return waiting ? 'Searching' : 'Nothing in this case holds all of these words.';
  const more = view?.groups.some((group) => group.more) ? 'More than ' : '';
  return `${more}${total} ${total === 1 ? 'answer' : 'answers'}`;
}
