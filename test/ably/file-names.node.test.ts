import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {FileNames} from '../../src/ably/file-names.ts';
import type {FilePart, MessagePart} from '../../src/session/message.ts';

const file = (filename?: string): FilePart => ({type: 'file', mediaType: 'text/plain', url: 'https://files.example/1', ...(filename === undefined ? {} : {filename})});
/** As AI Transport has it. */
const carried = (parts: readonly MessagePart[]): MessagePart[] => parts.map((part) => (part.type === 'file' ? file() : part));

describe('the names of a message’s files', () => {
  test('come back to their files, and those without one stay so', () => {
    const parts: MessagePart[] = [{type: 'text', text: 'Read'}, file('a.txt'), file(), file('c.txt')];
    assert.deepEqual(new FileNames().read(carried(new FileNames().add(parts))), parts);
  });

  test('need nothing where no file has one', () => {
    const parts: MessagePart[] = [{type: 'text', text: 'Read'}, file()];
    assert.deepEqual(new FileNames().add(parts), parts);
    assert.equal(new FileNames().read(parts), parts);
  });

  test('are read again when more of the message has come, and not otherwise', () => {
    const [text, first, names] = carried(new FileNames().add([{type: 'text', text: 'Read'}, file('a.txt')]));
    assert.ok(text && first && names);
    const reader = new FileNames();
    const arriving: MessagePart[] = [text, first];
    assert.equal(reader.read(arriving), arriving);
    arriving.push(names);
    const read = reader.read(arriving);
    assert.deepEqual(read, [text, file('a.txt')]);
    assert.equal(reader.read(arriving), read);
  });

  for (const data of [undefined, null, 'a.txt', {names: 'a.txt'}, {names: [7, {}]}, {}]) {
    test(`are left out where ${JSON.stringify(data)} stands in their place`, () => {
      assert.deepEqual(new FileNames().read([file(), {type: 'data-file-names', data}]), [file()]);
    });
  }

  test('do not replace one that the transport has carried', () => {
    assert.deepEqual(new FileNames().read([file('real.txt'), {type: 'data-file-names', data: {names: ['other.txt']}}]), [file('real.txt')]);
  });
});
