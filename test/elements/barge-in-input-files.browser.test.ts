import {expect, waitUntil} from '@open-wc/testing';
import type {Upload, UploadContext} from '../../src/index.ts';
import type {FilePart} from '../../src/session/index.ts';
import {clipboardEvent} from '../helpers/clipboard.ts';
import {ask} from '../helpers/conversation.ts';
import {useInput} from '../helpers/input.ts';
import {type} from '../helpers/keys.ts';
import {place, shownText} from '../helpers/page.ts';

/** An upload that a test brings to its end. */
interface Pending {
  file: File;
  context: UploadContext;
  resolve: (answer: Awaited<ReturnType<Upload>>) => void;
  reject: (reason: Error) => void;
}

describe('the files of <barge-in-input>', () => {
  const page = useInput();
  let uploads: Pending[] = [];
  const upload: Upload = (file, context) => new Promise((resolve, reject) => uploads.push({file, context, resolve, reject}));
  const text = (name: string, content = 'Hello'): File => new File([content], name, {type: 'text/plain'});
  const sentFiles = (): (readonly FilePart[] | undefined)[] => page.session.dispatched.flatMap((intent) => (intent.type === 'send' ? [intent.files] : []));
  const names = (): string[] => page.all('.file-name').map(({textContent}) => textContent);

  function transfer(...files: File[]): DataTransfer {
    const data = new DataTransfer();
    for (const file of files) data.items.add(file);
    return data;
  }

  async function attach(...files: File[]): Promise<void> {
    page.input.attach(files);
    await page.settle();
  }

  const picture = async (): Promise<File> => {
    const canvas = document.createElement('canvas');
    canvas.width = 60;
    canvas.height = 30;
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'rgb(200, 30, 40)';
    context.fillRect(0, 0, 60, 30);
    return new File([await new Promise<Blob>((resolve) => canvas.toBlob((blob) => resolve(blob!)))], 'red.png', {type: 'image/png'});
  };

  beforeEach(() => {
    uploads = [];
  });

  it('are not asked for where the page takes none', async () => {
    await page.show();
    expect(page.has('.attach')).to.equal(false);
    const paste = clipboardEvent('paste', transfer(text('a.txt')));
    page.textarea.dispatchEvent(paste);
    expect(paste.defaultPrevented).to.equal(false);
    expect(page.has('.file')).to.equal(false);
  });

  it('come by the picker, which asks for the kinds that the page takes', async () => {
    await page.show({accept: 'image/*,.txt'});
    const input = page.find<HTMLInputElement>('input[type=file]');
    let asked = 0;
    input.click = () => {
      asked++;
    };
    page.button('Attach files').focus();
    await type('{Enter}');
    expect(asked).to.equal(1);
    expect(input.accept).to.equal('image/*,.txt');
    expect(input.multiple).to.equal(true);
    input.files = transfer(text('a.txt'), text('b.txt')).files;
    input.dispatchEvent(new Event('change'));
    await page.settle();
    expect(names()).to.deep.equal(['a.txt', 'b.txt']);
    await waitUntil(() => page.said.includes('Attached. 2 files.'));
    await expect(page.input).to.be.accessible();
  });

  it('come by pasting, but not with text, which is pasted as text', async () => {
    await page.show({accept: ''});
    const withText = transfer(text('a.txt'));
    withText.setData('text/plain', 'words');
    const mixed = clipboardEvent('paste', withText);
    page.textarea.dispatchEvent(mixed);
    expect(mixed.defaultPrevented).to.equal(false);
    const paste = clipboardEvent('paste', transfer(text('b.txt')));
    expect(page.textarea.dispatchEvent(paste)).to.equal(false);
    await page.settle();
    expect(names()).to.deep.equal(['b.txt']);
  });

  it('come by dropping, and it is shown where', async () => {
    await page.show({accept: ''});
    const event = (kind: string): DragEvent => new DragEvent(kind, {dataTransfer: transfer(text('a.txt')), bubbles: true, cancelable: true, composed: true});
    page.textarea.dispatchEvent(event('dragover'));
    await page.settle();
    expect(shownText(page.input)).to.contain('Drop files to attach them');
    page.find('.frame').dispatchEvent(event('dragleave'));
    await page.settle();
    expect(shownText(page.input)).not.to.contain('Drop files');
    page.textarea.dispatchEvent(event('dragover'));
    const drop = event('drop');
    page.textarea.dispatchEvent(drop);
    await page.settle();
    expect(drop.defaultPrevented).to.equal(true);
    expect(names()).to.deep.equal(['a.txt']);
    expect(shownText(page.input)).not.to.contain('Drop files');
  });

  it('travel in the message where they are small, and need no text', async () => {
    await page.show({accept: ''});
    await attach(text('a.txt'));
    await waitUntil(() => page.actionName === 'Send' && page.action.getAttribute('aria-disabled') === 'false');
    page.textarea.focus();
    await type('{Enter}');
    await waitUntil(() => page.session.dispatched.length > 0);
    expect(page.session.dispatched[0]).to.deep.include({type: 'send', text: ''});
    expect(sentFiles()).to.deep.equal([[{type: 'file', url: `data:text/plain;base64,${btoa('Hello')}`, mediaType: 'text/plain', filename: 'a.txt'}]]);
    await page.settle();
    expect(page.has('.file')).to.equal(false);
  });

  it('are refused where they are too large to travel so, with the limit and the way out', async () => {
    await page.show({accept: '', value: 'Look'});
    await attach(text('small.txt', 'x'.repeat(30_000)), text('large.txt', 'x'.repeat(20_000)));
    expect(names()).to.deep.equal(['small.txt']);
    const said = shownText(page.find('.remark'));
    expect(said).to.contain('large.txt is too large to travel in the message: 20 kB').and.to.match(/room for 1\d kB/).and.to.contain('`upload`');
    await expect(page.input).to.be.accessible();
    page.button('Dismiss').focus();
    await type('{Enter}');
    await page.settle();
    expect(page.has('.remark')).to.equal(false);
    expect(page.focused).to.equal(page.textarea);
    expect(page.textarea.value).to.equal('Look');
  });

  it('are refused where the page does not take their kind, their size or so many', async () => {
    await page.show({accept: 'image/*, .txt', maxFileSize: '1kB', upload});
    await attach(new File(['x'], 'page.html', {type: 'text/html'}), text('long.txt', 'x'.repeat(2000)), text('short.txt'));
    expect(names()).to.deep.equal(['short.txt']);
    const said = shownText(page.find('.remark'));
    expect(said).to.contain('page.html is of a kind').and.to.contain('image/*, .txt').and.to.contain('long.txt is too large: 2 kB. A file may have at most 1 kB.');
    await attach(...Array.from({length: 12}, (_, index) => text(`${index}.txt`)));
    expect(names()).to.have.length(10);
    expect(shownText(page.find('.remark'))).to.contain('At most 10 files');
  });

  it('are taken up to the size of the attribute, in bytes and in words, and a wrong one is warned of', async () => {
    const warnings: string[] = [];
    const real = console.warn;
    console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
    await page.show({upload});
    for (const [size, isTaken] of [['2000', true], ['1999', false], ['2kB', true], ['1KiB', false], ['0.001 MB', false], ['large', true]] as const) {
      page.input.setAttribute('max-file-size', size);
      await attach(text(`${size}.txt`, 'x'.repeat(2000)));
      expect(names().includes(`${size}.txt`), size).to.equal(isTaken);
    }
    console.warn = real;
    expect(warnings.filter((line) => line.includes('max-file-size="large"'))).to.have.length(1);
  });

  it('are uploaded three at a time, with their progress', async () => {
    await page.show({upload});
    await attach(text('a.txt'), text('b.txt'), text('c.txt'), text('d.txt'));
    expect(uploads.map(({file}) => file.name)).to.deep.equal(['a.txt', 'b.txt', 'c.txt']);
    uploads[0]!.context.onProgress(0.4);
    await page.settle();
    expect(page.find<HTMLProgressElement>('progress[aria-label="Uploading a.txt"]').value).to.equal(0.4);
    await expect(page.input).to.be.accessible();
    page.button('Cancel the upload of c.txt').click();
    await waitUntil(() => uploads.length === 4, 'the next one begins');
    uploads[0]!.resolve('https://files.example/a');
    await waitUntil(() => page.said.includes('a.txt is ready.'));
  });

  it('are waited for by sending, which says so, and go as the URLs that the upload gave', async () => {
    await page.show({upload, value: 'Look'});
    await attach(text('a.txt'), text('b.txt'));
    await type('{Enter}');
    await page.settle();
    expect(page.actionName).to.equal('Waiting for the files…');
    expect(page.session.dispatched).to.be.empty;
    await expect(page.input).to.be.accessible();
    uploads[0]!.resolve('https://files.example/a');
    uploads[1]!.resolve({url: 'https://files.example/b', mediaType: 'text/markdown', filename: 'B'});
    await waitUntil(() => page.session.dispatched.length > 0);
    expect(sentFiles()).to.deep.equal([[
      {type: 'file', url: 'https://files.example/a', mediaType: 'text/plain', filename: 'a.txt'},
      {type: 'file', url: 'https://files.example/b', mediaType: 'text/markdown', filename: 'B'},
    ]]);
    await page.settle();
    expect(page.has('.file')).to.equal(false);
    expect(page.textarea.value).to.equal('');
  });

  it('keep the message back when one fails, and go after it was uploaded again', async () => {
    await page.show({upload, value: 'Look'});
    await attach(text('a.txt'));
    uploads[0]!.reject(new Error('The server is busy'));
    await waitUntil(() => page.has('.file.failed'));
    expect(shownText(page.find('.file'))).to.contain('The server is busy');
    await expect(page.input).to.be.accessible();
    page.textarea.focus();
    await type('{Enter}');
    await waitUntil(() => page.has('#failure'));
    expect(shownText(page.find('#failure'))).to.contain('a.txt was not uploaded: The server is busy').and.to.contain('Upload it again or remove it');
    expect(page.textarea.value).to.equal('Look');
    expect(page.session.dispatched).to.be.empty;
    page.button('Upload a.txt again').focus();
    await type('{Enter}');
    await page.settle();
    expect(page.focused).to.equal(page.button('Cancel the upload of a.txt'));
    uploads[1]!.resolve('https://files.example/a');
    page.textarea.focus();
    await type('{Enter}');
    await waitUntil(() => page.session.dispatched.length > 0);
    expect(sentFiles()[0]).to.have.length(1);
  });

  it('are taken out, which gives their upload up, and leaves the focus at the next one', async () => {
    await page.show({upload, value: 'Look'});
    await attach(text('a.txt'), text('b.txt'));
    page.button('Cancel the upload of a.txt').focus();
    await type('{Enter}');
    await page.settle();
    expect(uploads[0]!.context.signal.aborted).to.equal(true);
    expect(names()).to.deep.equal(['b.txt']);
    expect(page.focusedName).to.equal('Cancel the upload of b.txt');
    await type('{Enter}');
    await page.settle();
    expect(page.focused).to.equal(page.textarea);
    await type('{Enter}');
    await waitUntil(() => page.session.dispatched.length > 0);
    expect(sentFiles()).to.deep.equal([undefined]);
  });

  it('stay with the text when the message cannot be sent, and when the page prevents it', async () => {
    await page.show({upload, value: 'Look'});
    page.input.addEventListener('agent-intent', (event) => event.preventDefault());
    await attach(text('a.txt'));
    uploads[0]!.resolve('https://files.example/a');
    await page.input.send();
    await page.settle();
    expect(names()).to.deep.equal(['a.txt']);
    expect(page.textarea.value).to.equal('Look');
  });

  it('go with a message that is queued', async () => {
    await ask(page.session);
    await page.show({upload, policy: 'queue', value: 'Later'});
    await attach(text('a.txt'));
    uploads[0]!.resolve('https://files.example/a');
    await page.input.send();
    await page.settle();
    expect(page.session.snapshot.queue[0]!.files).to.have.length(1);
  });

  it('are shown as small pictures without loading an address', async () => {
    await page.show({accept: 'image/*'});
    await attach(await picture());
    const canvas = page.find<HTMLCanvasElement>('.file canvas');
    await waitUntil(() => canvas.width === canvas.height && canvas.getContext('2d')!.getImageData(20, 20, 1, 1).data[0] === 200, 'the picture is drawn');
    expect(page.has('.file img')).to.equal(false);
  });

  it('are shown as files where they only claim to be pictures', async () => {
    await page.show({accept: ''});
    await attach(new File(['no picture'], 'x.png', {type: 'image/png'}));
    await waitUntil(() => !page.has('.file canvas'));
    expect(page.has('.file svg')).to.equal(true);
  });

  it('go on being uploaded when the element is moved, and not when it has left the page', async () => {
    await page.show({upload});
    await attach(text('a.txt'));
    const section = document.createElement('section');
    document.body.append(section);
    await place(page.input, section);
    expect(uploads[0]!.context.signal.aborted).to.equal(false);
    page.input.remove();
    await waitUntil(() => uploads[0]!.context.signal.aborted);
    await place(page.input);
    await waitUntil(() => uploads.length === 2, 'it begins again');
  });

  it('are said to be lost after a reload, by name', async () => {
    await page.show({upload});
    await attach(text('a.txt'), text('b.txt'));
    page.input.remove();
    await page.show({upload});
    expect(shownText(page.find('.remark'))).to.contain('a.txt, b.txt');
    page.button('Dismiss').click();
    await page.settle();
    page.input.remove();
    await page.show({upload});
    expect(page.has('.remark')).to.equal(false);
  });
});
