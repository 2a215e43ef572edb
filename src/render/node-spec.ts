/** The only elements that rendered Markdown consists of. */
export type TagName =
  | 'p' | 'h3' | 'h4' | 'h5' | 'h6' | 'ul' | 'ol' | 'li' | 'blockquote' | 'hr' | 'div' | 'pre' | 'code' | 'table'
  | 'thead' | 'tbody' | 'tr' | 'th' | 'td' | 'strong' | 'em' | 'del' | 'a' | 'img' | 'br' | 'input' | 'span' | 'sup'
  | 'section';

/** The only attributes they carry. `href` and `src` take vetted addresses only. */
export type AttributeName =
  | 'href' | 'src' | 'title' | 'alt' | 'rel' | 'target' | 'class' | 'dir' | 'start' | 'type' | 'checked' | 'disabled'
  | 'role' | 'tabindex' | 'aria-label' | 'scope' | 'data-align' | 'loading' | 'decoding' | 'referrerpolicy' | 'id';

export type Attributes = Partial<Record<AttributeName, string>>;

export interface ElementSpec {
  readonly tag: TagName;
  readonly attributes?: Attributes;
  /** Equal memos promise equal content, so that content is neither made nor compared. */
  readonly memo?: string;
  /** The content, or what makes it when it is needed. */
  children: readonly NodeSpec[] | (() => readonly NodeSpec[]);
}

/** Part of the page that looks after its own content, such as a code block. */
export interface Widget {
  readonly element: HTMLElement;
  /** Takes over the content of a newer spec of the same kind. */
  update(content: WidgetContent): void;
  dispose(): void;
}

export interface WidgetContent {
  readonly language: string;
  readonly text: string;
  readonly isFinished: boolean;
}

export interface WidgetSpec {
  readonly kind: string;
  readonly content: WidgetContent;
  readonly create: (content: WidgetContent) => Widget;
  widget?: Widget;
}

/** What the page should show: a text, an element, or a widget. */
export type NodeSpec = string | ElementSpec | WidgetSpec;

export const childrenOf = (spec: ElementSpec): readonly NodeSpec[] => {
  if (typeof spec.children === 'function') spec.children = spec.children();
  return spec.children;
};

/** Joins neighbouring texts, so that the same content always has the same text nodes. */
export function joined(specs: readonly NodeSpec[]): NodeSpec[] {
  const result: NodeSpec[] = [];
  for (const spec of specs) {
    const last = result.length - 1;
    if (spec === '') continue;
    if (typeof spec === 'string' && typeof result[last] === 'string') result[last] += spec;
    else result.push(spec);
  }
  return result;
}
