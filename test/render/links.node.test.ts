import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {isMisleading, targetOf, vetImage, vetLink} from '../../src/render/safe-url.ts';
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
    const url = vetLink(target, [...schemes, 'tel'], base);
    assert.ok(url);
    return isMisleading(text, url);
  };

  for (const [text, target] of [
    ['https://bank.example', 'https://evil.example'],
    ['www.bank.example/login', 'https://evil.example/login'],
    ['bank.example', 'https://bank.example.evil.example'],
    ['Log in at https://bank.example', 'https://evil.example/'],
    ['https://bank.example (secure)', 'https://evil.example/'],
    ['bank.example!', 'https://evil.example/'],
    ['https://bank.example…', 'https://evil.example/'],
    ['the page bank.example, as always', 'https://evil.example/'],
    ['https://bank。example/login', 'https://evil.example/'],
    ['https://bank．example/login', 'https://evil.example/'],
    ['bank｡com', 'https://evil.example/'],
    ['ｂａｎｋ.com', 'https://evil.example/'],
    ['看bank.com。API', 'https://evil.example/'],
    ['ban\u200bk.c\u00adom', 'https://evil.example/'],
    ['bаnk.com', 'https://bank.com/'], // A Cyrillic letter.
    ['bank.соm', 'https://evil.example/'], // Two of them.
    ['bank.cọm', 'https://evil.example/'],
    ['http://192.168.0.1/', 'https://evil.example/'],
    ['the router, 192.168.0.1', 'https://192.168.0.2/'],
    ['http://[2001:db8::1]/', 'https://evil.example/'],
    ['https://intranet', 'https://evil.example/'],
    ['https://bank.example@evil.example', 'https://evil.example/'],
    ['evil.example, formerly bank.example', 'https://evil.example/'],
    ['bank.md/login', 'https://evil.example/'],
    ['help@bank.example', 'https://evil.example/'],
    ['help@bank.example', 'mailto:help@evil.example'],
    ['support@bank.example', 'mailto:thief@evil.example?subject=bank.example'],
    ['support@mail.example', 'mailto:thief@mail.example'],
    ['support@bank.example', 'mailto:support@bank.example?bcc=thief@evil.example'],
    ['support@bank.example', 'mailto:support@bank.example,thief@evil.example'],
    ['bank.example', 'mailto:thief@evil.example%2Csupport@bank.example'],
    ['bank.example', 'mailto:thief@evil.example;support@bank.example'],
    ['bank.example', 'tel:123'],
  ] as const) {
    it(`misleads where it is ${JSON.stringify(text)} and leads to ${target}`, () => assert.ok(misleads(text, target)));
  }

  it('misleads wherever the address itself imitates another', () => {
    assert.ok(misleads('here', 'https://bank.example@evil.example'));
    assert.ok(misleads('here', 'https://bаnk.example')); // A Cyrillic letter.
  });

  for (const [text, target] of [
    ['https://www.bank.example/a', 'https://bank.example/b'],
    ['HTTPS://WWW.Bank.Example:8080/x', 'https://bank.example:8080/'],
    ['Log in at bank.example.', 'https://www.bank.example/login'],
    ['官网bank.com。API文档', 'https://bank.com/'],
    ['https://archive.example/web/https://bank.example/', 'https://archive.example/web/https://bank.example/'],
    ['www.archive.example/?page=bank.example', 'http://www.archive.example/?page=bank.example'],
    ['http://192.168.0.1/', 'http://192.168.0.1/'],
    ['our bank', 'https://bank.example'],
    ['Louvre', 'https://louvre.fr'],
    ['version 1.2', 'https://bank.example'],
    ['version 2.0', 'https://bank.example'],
    ['v1.2.3-beta.4', 'https://bank.example'],
    ['e.g. this', 'https://bank.example'],
    ['Node.js', 'https://nodejs.org'],
    ['README.md', 'https://github.com/a/b/blob/main/README.md'],
    ['src/main.py', 'https://github.com/a/b'],
    ['file.ts', 'https://github.com/a/b'],
    ['Array.prototype.map()', 'https://docs.example/'],
    ['lodash@4.17.21', 'https://npm.example/lodash'],
    ['@anna.b on the network', 'https://social.example/anna.b'],
    ['the U.S. and the Ph.D. of Dr. No', 'https://bank.example'],
    ['and so on...and on', 'https://bank.example'],
    ['今天很好。我们走吧', 'https://bank.example'],
    ['help@bank.example', 'mailto:help@bank.example'],
    ['Help@Bank.Example', 'mailto:help@bank.example?subject=Hello%20there'],
    ['write to bank.example', 'mailto:help@bank.example'],
  ] as const) {
    it(`does not mislead where it is ${JSON.stringify(text)} and leads to ${target}`, () => assert.ok(!misleads(text, target)));
  }

  it('is read in time that grows with its length only', () => {
    const before = performance.now();
    for (const part of ['a.', 'a@', '://', 'a.b@', '日a', '[', '。']) misleads(part.repeat(20_000), 'https://bank.example');
    assert.ok(performance.now() - before < 5_000);
  });

  it('has the host or the recipients beside it', () => {
    const target = (address: string) => targetOf(vet(address)!);
    assert.equal(target('https://evil.example:8080/x'), 'evil.example:8080');
    assert.equal(target('mailto:thief@evil.example?subject=bank.example&cc=other@evil.example'), 'thief@evil.example, other@evil.example');
  });

  it('shows what is hidden in it', () => {
    assert.equal(showHidden('a\u202eb\u200bc'), 'a[U+202E]b[U+200B]c');
  });

  it('keeps joiners where spelling or emoji need them', () => {
    assert.equal(showHidden('می\u200cخواهم 👩\u200d👧'), 'می\u200cخواهم 👩\u200d👧');
    assert.equal(showHidden('pay\u200dpal'), 'pay[U+200D]pal');
  });
});
