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
  /** The last of the nodes in front of those of `children` that are shown for good, and belong to no spec any more. */
  behind?: ChildNode;
}

/** What a code block shows. */
export interface CodeContent {
  /** As the fence names it; undefined while its opening line is still arriving. */
  readonly language: string | undefined;
  readonly text: string;
  readonly isFinished: boolean;
}

/** A code block, or a formula, that looks after its own nodes. */
export interface CodeWidget {
  readonly element: HTMLElement;
  /** Shows newer content; text that merely grew is appended. */
  update(content: CodeContent): void;
  /** Adds code that has arrived. */
  append(code: string): void;
  /** No more will arrive: time to colour the code, or to show what a fence plug-in makes of it. */
  finish(): void;
  dispose(): void;
}

export interface CodeSpec {
  /** Only what is of the same kind can go on in the same nodes. */
  readonly kind: 'code' | 'formula' | 'displayed';
  readonly content: CodeContent;
  readonly create: (content: CodeContent) => CodeWidget;
  widget?: CodeWidget;
}

/** What the page should show: a text, an element, or a code block or formula. */
export type NodeSpec = string | ElementSpec | CodeSpec;

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

/** The code blocks and formulas in a spec. */
export function widgetsIn(spec: NodeSpec): CodeWidget[] {
  if (typeof spec === 'string') return [];
  if ('create' in spec) return spec.widget ? [spec.widget] : [];
  return typeof spec.children === 'function' ? [] : spec.children.flatMap(widgetsIn);
}
