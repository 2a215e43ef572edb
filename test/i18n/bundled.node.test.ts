import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bundled} from '../../src/i18n/bundled.ts';
import {en} from '../../src/i18n/en.ts';
import {loadLanguage, Locale, type LocaleText, registerLocale, type TextKey} from '../../src/i18n/index.ts';

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

/** The parameters of a text, in each of its forms. */
const parametersOf = (text: LocaleText): string[] =>
  (typeof text === 'string' ? [text] : Object.values(text)).map((form) => [...form.matchAll(/\{\w+\}/g)].map(String).sort().join());

for (const [language, load] of Object.entries(bundled)) {
  test(`the texts of "${language}" are all there, fill in what those in English do, and are none of them in English`, async () => {
    const catalogue = await load();
    assert.deepEqual(Object.keys(catalogue), Object.keys(en));
    for (const [key, text] of Object.entries(catalogue)) {
      const [expected] = parametersOf(en[key as TextKey]);
      for (const parameters of parametersOf(text)) assert.equal(parameters, expected, key);
    }
    const same = Object.entries(catalogue).filter(([key, text]) => typeof text === 'string' && text === en[key as TextKey] && / \w+ /.test(text)).map(([key]) => key);
    assert.deepEqual(same, []);
  });
}
