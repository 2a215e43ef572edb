import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {savedName} from '../../src/elements/agent-chat/saved-name.ts';

const office = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('A file that came in a message', () => {
  for (const [type, name] of [
    ['text/plain', 'notes.txt'], ['text/markdown', 'README.md'], ['text/csv', 'a.csv'], ['application/json', 'a.json'], ['application/pdf', 'plan.PDF'],
    ['image/png', 'dot.png'], ['image/jpeg', 'a.jpg'], ['IMAGE/HEIC', 'a.heic'], ['audio/mpeg', 'a.mp3'], ['video/quicktime', 'a.mov'], [office, 'a.xlsx'],
    ['application/octet-stream', 'settings.yaml'], ['text/plain;charset=utf-8', 'notes.txt'], ['', 'notes.txt'],
  ] as const) {
    it(`may be saved as ${name} where it is ${type || 'of no kind'}`, () => assert.equal(savedName(`data:${type};base64,AAAA`, name), name));
  }

  for (const [type, name, saved] of [
    ['text/plain', 'setup.exe', 'setup.exe.txt'],
    ['text/x-python', 'main.py', 'main.py.txt'],
    ['application/pdf', 'Invoice', 'Invoice.pdf'],
    ['image/png', 'dot.svg', 'dot.svg.png'],
    ['application/json', 'a.html', 'a.html.json'],
  ] as const) {
    it(`is saved as ${saved} where it is ${type} and named ${name}`, () => assert.equal(savedName(`data:${type},x`, name), saved));
  }

  for (const [type, name] of [
    ['text/html', 'a.html'], ['text/html', 'a.txt'], ['image/svg+xml', 'x.svg'], ['application/xhtml+xml', 'a.xhtml'], ['text/javascript', 'a.js'],
    ['application/x-msdownload', 'a.exe'], ['application/octet-stream', 'a.exe'], ['application/zip', 'a.zip'], ['application/octet-stream', 'a'], ['text/xml', 'a.xml'],
  ] as const) {
    it(`is not saved where it is ${type} and named ${name}`, () => assert.equal(savedName(`data:${type};base64,AAAA`, name), undefined));
  }
});
