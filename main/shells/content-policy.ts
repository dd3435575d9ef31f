/** Stands in the built `index.html` wherever a nonce belongs; vite writes it, the shells replace it for every page. */
export const noncePlaceholder = 'PHONEHOME-NONCE';

/**
 * The content security policy of the window: its own files only, no script but its own, no frame, no plugin, no form,
 * nothing from any network. Style elements carry the nonce. `socket` is the address of the wire, where there is one.
 */
export function contentPolicy(nonce: string, socket: string | null): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Pages of the report preview carry style attributes of their own.
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'${socket === null ? '' : ` ${socket}`}`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
  ].join('; ');
}

/** Headers that every answer carries, whatever it is. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
};
