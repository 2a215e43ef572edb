import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {claimedHost, isMisleading, vetImage, vetLink} from '../../src/render/safe-url.ts';
import {showHidden} from '../../src/render/visible-text.ts';

const base = 'https://page.example/chat/';
const schemes = ['http', 'https', 'mailto'];
const vet = (target: string) => vetLink(target, schemes, base);

describe('A link target', () => {
  for (const target of ['https://a.example/b', 'http://a.example', 'mailto:a@b.example', '/path', '#part', '//a.example']) {
    it(`may be ${target}`, () => assert.ok(vet(target)));
  }

  for (const target of [
    'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'java\tscript:alert(1)',
    '\u0001javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'blob:https://a.example/1',
    'about:blank', 'tel:1', 'sms:1', 'intent://x', 'ws://a.example', 'view-source:https://a.example', 'https://a\u202eb.example',
    'https://a\u200bb.example', 'https://', 'http://[', `https://a.example/${'x'.repeat(5_000)}`,
  ]) {
    it(`must not be ${JSON.stringify(target.slice(0, 40))}`, () => assert.equal(vet(target), undefined));
  }

  it('is written as the browser writes it', () => {
    assert.equal(vet('/path')?.href, 'https://page.example/path');
    assert.equal(vet('https://ÄPFEL.example')?.host, 'xn--pfel-koa.example');
  });

  it('has no backslash that would name another host', () => {
    assert.equal(vet('\\\\evil.example')?.host, 'page.example');
  });

  it('may have a scheme that the page lists', () => {
    assert.ok(vetLink('tel:123', ['tel'], base));
    assert.equal(vetLink('https://a.example', ['tel'], base), undefined);
  });
});

describe('An image', () => {
  it('loads from a listed origin only', () => {
    assert.ok(vetImage('https://i.example/a.png', ['https://i.example'], base));
    assert.equal(vetImage('https://i.example.evil.example/a.png', ['https://i.example'], base), undefined);
    assert.equal(vetImage('http://i.example/a.png', ['https://i.example'], base), undefined);
    assert.equal(vetImage('data:image/png;base64,AA', ['null', 'data:'], base), undefined);
  });
});

describe('A link text', () => {
  const misleads = (text: string, target: string) => {
    const url = vet(target);
    assert.ok(url);
    return isMisleading(text, url);
  };

  it('misleads where it names another host', () => {
    assert.ok(misleads('https://bank.example', 'https://evil.example'));
    assert.ok(misleads('www.bank.example/login', 'https://evil.example/login'));
    assert.ok(misleads('bank.example', 'https://bank.example.evil.example'));
    assert.ok(misleads('help@bank.example', 'mailto:help@evil.example'));
  });

  it('misleads wherever the address itself imitates another', () => {
    assert.ok(misleads('here', 'https://bank.example@evil.example'));
    assert.ok(misleads('here', 'https://bаnk.example')); // A Cyrillic letter.
  });

  it('does not mislead where it names the same host, or none', () => {
    assert.ok(!misleads('https://www.bank.example/a', 'https://bank.example/b'));
    assert.ok(!misleads('our bank', 'https://bank.example'));
    assert.ok(!misleads('version 1.2', 'https://bank.example'));
    assert.ok(!misleads('help@bank.example', 'mailto:help@bank.example'));
  });

  it('claims the host it looks like', () => {
    assert.equal(claimedHost('see bank.example'), undefined);
    assert.equal(claimedHost('HTTPS://WWW.Bank.Example:8080/x'), 'bank.example');
  });

  it('shows what is hidden in it', () => {
    assert.equal(showHidden('a\u202eb\u200bc'), 'a[U+202E]b[U+200B]c');
  });

  it('keeps joiners where spelling or emoji need them', () => {
    assert.equal(showHidden('می\u200cخواهم 👩\u200d👧'), 'می\u200cخواهم 👩\u200d👧');
    assert.equal(showHidden('pay\u200dpal'), 'pay[U+200D]pal');
  });
});
