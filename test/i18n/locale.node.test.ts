import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadLanguage, Locale, registerLocale} from '../../src/i18n/index.ts';

await loadLanguage('de');

test('a text has the plural of its language', () => {
  registerLocale('pl', {'chat.unread': {one: '{count} wiadomość', few: '{count} wiadomości', other: '{count} wiadomości (wiele)'}});
  const locale = new Locale('pl');
  assert.deepEqual([1, 2, 5].map((count) => locale.t('chat.unread', {count})), ['1 wiadomość', '2 wiadomości', '5 wiadomości (wiele)']);
});

test('numbers and times are written as the language writes them', () => {
  assert.equal(new Locale('de').t('chat.unread', {count: 1234}), '1.234 neue Nachrichten');
  const at = new Date(2026, 4, 3, 14, 5).getTime();
  assert.equal(new Locale('de').time(at), '14:05');
  assert.match(new Locale('en').time(at), /^2:05\sPM$/);
});

test('days are named as people name them', () => {
  const today = new Date(2026, 4, 3).getTime();
  const before = (days: number): number => new Date(2026, 4, 3 - days).getTime();
  const locale = new Locale('en');
  assert.deepEqual([locale.day(today, today), locale.day(before(1), today)], ['Today', 'Yesterday']);
  assert.equal(locale.day(before(3), today), 'Thursday, April 30');
  assert.equal(locale.day(before(200), today), 'Wednesday, October 15, 2025');
  assert.equal(new Locale('de').day(before(1), today), 'Gestern');
});

test('a regional language falls back to its language, and a text that it lacks to English', () => {
  assert.equal(new Locale('de-AT').t('input.send'), 'Senden');
  registerLocale('de-CH', {'input.send': 'Abschicken'});
  assert.equal(new Locale('de-CH').t('input.send'), 'Abschicken');
  assert.equal(new Locale('de-CH').t('input.stop'), 'Anhalten');
  registerLocale('fr', {'input.send': 'Envoyer'});
  assert.equal(new Locale('fr').t('input.stop'), 'Stop');
});

test('a language that is not there, or is no language, is English throughout', () => {
  for (const tag of ['xx', 'not a tag', '']) {
    assert.equal(new Locale(tag).tag, 'en');
    assert.equal(new Locale(tag).t('input.send'), 'Send');
  }
});

test('what a person says is never taken for a parameter', () => {
  assert.equal(new Locale('en').t('announce.said', {author: '{text}', text: '{author}'}), '{text}: {author}');
});
