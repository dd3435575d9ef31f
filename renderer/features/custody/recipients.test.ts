import { describe, expect, it } from 'vitest';
import { recipientsFault, recipientsIn } from './recipients.ts';

const one = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudlu3f9slhxs5q';

describe('the recipients of a sealed case', () => {
  it('are read one a line or with commas, each once', () => {
    expect(recipientsIn(`${one}\n\n age1abc, age1abc;age1def `)).toEqual([one, 'age1abc', 'age1def']);
  });

  it('are refused where one is none, and a secret key is not repeated', () => {
    expect(recipientsFault('')).toContain('At least one');
    expect(recipientsFault(`${one} alice@example.org`)).toContain('“alice@example.org”');
    const secret = recipientsFault('AGE-SECRET-KEY-1QQQQQQ');
    expect(secret).toContain('secret key');
    expect(secret).not.toContain('QQQQQQ');
    expect(recipientsFault(one)).toBeNull();
  });
});
