/** The address of the window's own page, and of nothing else. */
export const ownOrigin = 'app://phonehome';

/**
 * Whether an address belongs to the window's own page. `devServer` is Vite's address while developing, else undefined.
 * `URL.origin` is the text `null` for schemes of an application's own, so scheme and host are compared.
 */
export function isOwnPage(address: string, devServer: string | undefined): boolean {
  const url = URL.parse(address);
  if (!url) return false;
  if (`${url.protocol}//${url.host}` === ownOrigin) return true;
  return devServer !== undefined && url.origin === new URL(devServer).origin;
}
