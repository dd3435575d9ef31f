import { create } from 'zustand';

/** Whether the search stands over the window, and whether the details of the case were asked for by it. */
export const useSearch = create<{ readonly open: boolean; readonly details: boolean }>(() => ({
  open: false,
  details: false,
}));

export function openSearch(): void {
  useSearch.setState({ open: true });
}

export function closeSearch(): void {
  useSearch.setState({ open: false });
}

/** Shows, or puts away, what stands on the cover of the case. */
export function showCaseDetails(details: boolean): void {
  useSearch.setState({ details });
}
