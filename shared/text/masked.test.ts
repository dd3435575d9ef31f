import { expect, test } from 'vitest';
import { masked, maskedIn } from './masked.ts';

test('a masked value keeps its ends, and a short one nothing', () => {
  expect(masked('358240051111110')).toBe('358*********110');
  expect(masked('abcd')).toBe('****');
  expect(masked('12345')).toBe('1***5');
  expect(masked('38400000-8cf0-11bd-b23e-10b96e40000d')).toBe('384************00d');
});

test('values are masked wherever they stand in a text, percent signs and other case included', () => {
  const text = 'GET a.example/x?imei=358240051111110&mail=Me.Too%40example.org&again=me.too@example.org';
  expect(maskedIn(text, ['358240051111110', 'me.too@example.org'])).toBe(
    'GET a.example/x?imei=358*********110&mail=me.************org&again=me.************org',
  );
  expect(maskedIn('a+b (c) [d] 1.5', ['+b', '(c)', '[d]', '1.5'])).toBe('a** *** *** ***');
  expect(maskedIn('nothing', [''])).toBe('nothing');
});
