import { Search } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from 'react-aria-components';
import { useCase } from '../../state/case.ts';
import { openSearch, showCaseDetails, useSearch } from '../../state/search.ts';
import { takesLetters } from '../../ui/takes-letters.ts';
import { CaseDetails } from '../cases/CaseDetails.tsx';
import { SearchDialog } from './SearchDialog.tsx';

/** The search of the open case: a button, `/` and Ctrl or Cmd+K from every place of it. */
export function SearchButton() {
  const view = useCase((state) => state.view);
  const id = useCase((state) => state.id);
  const { open, details } = useSearch();
  const there = id !== null && view !== null;
  useEffect(() => {
    if (!there) return;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k';
      const slash =
        event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !takesLetters(event.target);
      // What stands over the window is to be answered first.
      if (!(command || slash) || document.querySelector('[aria-modal="true"], .veil') !== null) return;
      event.preventDefault();
      openSearch();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [there]);
  if (!there) return null;
  return (
    <>
      <Button
        className="bar-item search-button"
        aria-label="Search this case"
        aria-keyshortcuts="/ Control+K"
        onPress={openSearch}
      >
        <Search className="icon" />
        <span>Search</span>
        <kbd>/</kbd>
      </Button>
      {open ? <SearchDialog caseId={id} /> : null}
      {details ? <CaseDetails view={view} onClose={() => showCaseDetails(false)} /> : null}
    </>
  );
}
