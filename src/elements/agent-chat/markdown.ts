import {type ElementPart, noChange} from 'lit';
import {AsyncDirective} from 'lit/async-directive.js';
import {directive, type PartInfo, PartType} from 'lit/directive.js';
import type {Locale} from '../../i18n/index.ts';
import {type MarkdownLabels, MarkdownText} from '../../render/index.ts';

/** What a view of Markdown is made with. The same object as long as nothing about it changed. */
export interface MarkdownSettings {
  readonly labels: MarkdownLabels;
  /** Origins whose images may load; other images show as links. */
  readonly imageOrigins: readonly string[];
  /** Schemes that links may have; the usual ones where absent. */
  readonly linkSchemes?: readonly string[];
}

/**
 * @param imageOrigins origins, such as `https://images.example`, with spaces between them.
 * @param linkSchemes schemes, such as `https mailto tel`, with spaces between them; the usual ones where absent.
 */
export function markdownSettings(locale: Locale, imageOrigins = '', linkSchemes?: string | null): MarkdownSettings {
  return {
    ...(typeof linkSchemes === 'string' ? {linkSchemes: linkSchemes.split(/\s+/)} : {}),
    imageOrigins: imageOrigins.split(/\s+/).filter((origin) => URL.canParse(origin)).map((origin) => new URL(origin).origin),
    labels: {
      copy: locale.t('markdown.copy'),
      copied: locale.t('markdown.copied'),
      copyFailed: locale.t('markdown.copyFailed'),
      // The view itself fills in the language.
      code: locale.t('markdown.code', {language: '{language}'}),
      plainText: locale.t('markdown.plainText'),
      table: locale.t('markdown.table'),
      taskDone: locale.t('markdown.taskDone'),
      taskOpen: locale.t('markdown.taskOpen'),
      image: locale.t('markdown.image'),
    },
  };
}

class MarkdownDirective extends AsyncDirective {
  #view: MarkdownText | undefined;
  #settings: MarkdownSettings | undefined;
  #element: HTMLElement | undefined;
  #text = '';
  #isFinal = false;

  constructor(partInfo: PartInfo) {
    super(partInfo);
    if (partInfo.type !== PartType.ELEMENT) throw new Error('markdown() belongs on an element, whose children it owns.');
  }

  render(text: string, isFinal: boolean, settings: MarkdownSettings): typeof noChange {
    if (settings !== this.#settings) this.#end();
    this.#settings = settings;
    this.#text = text;
    this.#isFinal = isFinal;
    if (this.isConnected) this.#show();
    return noChange;
  }

  override update(part: ElementPart, [text, isFinal, settings]: Parameters<this['render']>): typeof noChange {
    // Bound in HTML templates only.
    this.#element = part.element as HTMLElement;
    return this.render(text, isFinal, settings);
  }

  protected override disconnected(): void {
    this.#end();
  }

  protected override reconnected(): void {
    this.#show();
  }

  #show(): void {
    if (!this.#element) return;
    this.#view ??= new MarkdownText(this.#element, this.#settings);
    this.#view.update(this.#text, {final: this.#isFinal});
  }

  #end(): void {
    this.#view?.dispose();
    this.#view = undefined;
  }
}

/**
 * Shows Markdown as the children of an element, which must have none of its own.
 * Arguments: the whole text so far; whether it is complete; the settings of the view.
 */
export const markdown = directive(MarkdownDirective);
