import { randomBytes } from 'node:crypto';
import { noncePlaceholder } from './content-policy.ts';

/** A fresh nonce: 128 random bits, as a header and an attribute can carry them. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

/** The page as built, with this answer's nonce in place of the placeholder. */
export function pageWithNonce(html: string, nonce: string): string {
  return html.replaceAll(noncePlaceholder, nonce);
}
