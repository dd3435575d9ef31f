/*
 * The page itself: address, memory, clipboard, system preferences. Kept here so that nothing else in the renderer
 * needs a browser's globals, and tests can run without them.
 */

/** The part of the address after `#`, without it. */
export function readHash(): string {
  return window.location.hash.replace(/^#/, '');
}

/** Writes the address; `replace` leaves no step for the back button. */
export function writeHash(hash: string, replace: boolean): void {
  if (readHash() === hash) return;
  const url = `${window.location.pathname}${window.location.search}#${hash}`;
  if (replace) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
}

/** Calls back when a person goes back, forward or types another address. */
export function onHash(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener('hashchange', listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener('hashchange', listener);
  };
}

/** The whole address of the view as it stands, for copying. */
export function fullAddress(): string {
  return window.location.href;
}

/** Remembers a small text on this machine; null forgets it. A browser that forbids it is not an error. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(`phonehome.${key}`);
    else window.localStorage.setItem(`phonehome.${key}`, value);
  } catch {
    // private window: the choice lives as long as the page
  }
}

export function kept(key: string): string | null {
  try {
    return window.localStorage.getItem(`phonehome.${key}`);
  } catch {
    return null;
  }
}

/** Puts text on the clipboard; answers whether that was possible. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await window.navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Calls back at once and on change with whether the system asks for a dark look. */
export function onSystemDark(listener: (dark: boolean) => void): () => void {
  const query = window.matchMedia('(prefers-color-scheme: dark)');
  const tell = () => listener(query.matches);
  tell();
  query.addEventListener('change', tell);
  return () => query.removeEventListener('change', tell);
}

export function setTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset.theme = theme;
}

export function setTitle(title: string): void {
  document.title = title;
}

/** Runs once the next frame is painted; at once where there is no screen. Answers with its end. */
export function afterPaint(run: () => void): () => void {
  if (typeof requestAnimationFrame !== 'function') {
    run();
    return () => {};
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/**
 * Runs once the page has nothing else to do; not at all where it cannot tell. `left`: milliseconds for which it will probably have
 * nothing to do. Answers with its end.
 */
export function whenIdle(run: (left: () => number) => void): () => void {
  if (typeof requestIdleCallback !== 'function') return () => {};
  const asked = requestIdleCallback((deadline) => run(() => deadline.timeRemaining()));
  return () => cancelIdleCallback(asked);
}

/** Height of the page's room, CSS pixels. */
export function pageHeight(): number {
  return window.innerHeight;
}

/** Which system this window runs on; decides which of two instructions is shown first. */
export function systemName(): 'linux' | 'windows' | 'macos' | 'other' {
  const agent = window.navigator.userAgent;
  if (/Windows/.test(agent)) return 'windows';
  if (/Mac OS X|Macintosh/.test(agent)) return 'macos';
  if (/Linux|X11/.test(agent)) return 'linux';
  return 'other';
}

/** SHA-256 of a text as UTF-8, lower-case hexadecimal; null where this page may not compute it (an address that is not secure). */
export async function sha256Of(text: string): Promise<string | null> {
  const digest = await window.crypto.subtle?.digest('SHA-256', new TextEncoder().encode(text)).catch(() => null);
  if (!digest) return null;
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A random text for a task's name. */
export function newTaskName(kind: string): string {
  return `${kind}-${crypto.randomUUID()}`;
}
