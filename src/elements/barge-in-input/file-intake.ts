import type {LitElement} from 'lit';
import type {Attachments} from './attachments.ts';

/** The ways by which files come in: the picker, pasting, and dropping. */
export class FileIntake {
  readonly #host: LitElement & {readonly disabled: boolean};
  readonly #attachments: Attachments;
  #isOver = false;

  constructor(host: LitElement & {readonly disabled: boolean}, attachments: Attachments) {
    this.#host = host;
    this.#attachments = attachments;
  }

  /** Whether files are being dragged over the element. */
  get isOver(): boolean {
    return this.#isOver;
  }

  readonly onPick = ({currentTarget}: Event): void => {
    if (!(currentTarget instanceof HTMLInputElement)) return;
    this.#take([...(currentTarget.files ?? [])]);
    // So that the same file may be picked again after having been taken out.
    currentTarget.value = '';
  };

  readonly onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Office programs put a picture of the text beside the text: that is meant as text.
    if (!this.#attachments.isEnabled || files.length === 0 || event.clipboardData?.getData('text/plain')) return;
    event.preventDefault();
    this.#take(files);
  };

  readonly onDragover = (event: DragEvent): void => {
    if (!this.#attachments.isEnabled || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = this.#host.disabled ? 'none' : 'copy';
    this.#setOver(!this.#host.disabled);
  };

  readonly onDragleave = ({currentTarget, relatedTarget}: DragEvent): void => {
    if (currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
    this.#setOver(false);
  };

  readonly onDrop = (event: DragEvent): void => {
    if (!this.#attachments.isEnabled || !event.dataTransfer?.types.includes('Files')) return;
    // Otherwise the browser would leave the page for the file.
    event.preventDefault();
    this.#setOver(false);
    this.#take([...event.dataTransfer.files]);
  };

  #take(files: readonly File[]): void {
    if (!this.#host.disabled && files.length > 0) this.#attachments.add(files);
  }

  #setOver(isOver: boolean): void {
    if (isOver === this.#isOver) return;
    this.#isOver = isOver;
    this.#host.requestUpdate();
  }
}
