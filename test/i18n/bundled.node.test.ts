import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadLanguage, Locale, registerLocale} from '../../src/i18n/index.ts';

test('a language that the library brings is English until it is loaded, and what the page says in it stands', async () => {
  assert.equal(new Locale('de').t('input.stop'), 'Stop');
  registerLocale('de', {'input.send': 'Los'});
  await loadLanguage('de-CH');
  assert.equal(new Locale('de').t('input.stop'), 'Anhalten');
  assert.equal(new Locale('de').t('input.send'), 'Los');
});

test('a language that it does not bring needs no loading', async () => {
  for (const tag of ['eo', '', 'constructor', '__proto__']) await loadLanguage(tag);
});
