import type {Token, Tokens} from 'marked';
import type {RenderContext} from './context.ts';
import {FormulaView} from './formula-view.ts';
import {type Formula, unfinished} from './formulas.ts';
import {decodeReferences} from './entities.ts';
import {type CodeSpec, joined, type NodeSpec} from './node-spec.ts';
import {isMisleading, targetOf, vetImage, vetLink} from './safe-url.ts';
import {showHidden} from './visible-text.ts';
import {completeInline, pendingTarget, withoutSeams} from './unfinished-inline.ts';

/** Where the inline content stands. */
export interface Place {
  /** A link holds no other link. */
  isInLink?: boolean;
  isInCell?: boolean;
}

/** The specs of a paragraph's, heading's or cell's source; `isOpen` where the text, still arriving, ends in it. */
export function inlineSpecs(source: string, isOpen: boolean, context: RenderContext, place: Place = {}): NodeSpec[] {
  // The block structure of CommonMark takes these spaces off before inline content is read (4.8).
  const trimmed = source.replace(/^[ \t]+/gm, '').trimEnd();
  if (trimmed === '') return [];
  if (!isOpen) return specsOf(context.grammar.inline(trimmed), context, place);
  const tokens = context.grammar.inline(trimmed, (last) => {
    const complete = completeInline(last, context.grammar.readsFormulas);
    context.endsPlain = complete === last;
    return complete;
  });
  return specsOf(tokens, context, place);
}

function specsOf(tokens: readonly Token[], context: RenderContext, place: Place): NodeSpec[] {
  return joined(tokens.flatMap((token) => specOf(token, context, place)));
}

function specOf(token: Token, context: RenderContext, place: Place): NodeSpec | NodeSpec[] {
  // Every branch names a type that marked's own tokens have; its union also admits tokens of extensions.
  switch (token.type) {
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'strong':
    case 'em':
    case 'del':
      return {tag: token.type, children: specsOf((token as Tokens.Strong).tokens, context, place)};
    case 'codespan':
      return {tag: 'code', attributes: {dir: 'ltr'}, children: [(token as Tokens.Codespan).text]};
    case 'formula':
      return formulaSpec(token as Formula);
    case 'br':
      return {tag: 'br', children: []};
    case 'html':
      // The one way to break a line in a table cell; all other HTML is text.
      return place.isInCell && /^<br\s*\/?>$/i.test(token.raw) ? {tag: 'br', children: []} : withoutSeams(token.raw);
    case 'link':
      return linkSpec(token as Tokens.Link, context, place);
    case 'image':
      return imageSpec(token as Tokens.Image, context, place);
    case 'checkbox':
      return [];
    default:
      return decodeReferences(withoutSeams(token.raw)).replace(/[ \t]+\n/g, '\n');
  }
}

/** The spec of a formula; one whose end has not come shows what there is of it. */
export function formulaSpec({text, isDisplayed}: Formula): CodeSpec {
  const content = {language: 'math', text: text.replace(unfinished, '').trimEnd(), isFinished: !text.includes(unfinished)};
  return {kind: isDisplayed ? 'displayed' : 'formula', content, create: (given) => new FormulaView(given, isDisplayed)};
}

function linkSpec(token: Tokens.Link, context: RenderContext, place: Place): NodeSpec | NodeSpec[] {
  const content = token.autolink ? [token.text] : specsOf(token.tokens, context, {...place, isInLink: true});
  if (place.isInLink) return content;
  if (token.href === pendingTarget) return {tag: 'a', attributes: {class: 'pending'}, children: content.map(withHiddenShown)};
  const target = token.autolink ? token.href : decodeReferences(token.href);
  return anchor(target, decodeReferences(token.title ?? ''), content, context);
}

/** A link, or its bare content where its target is refused. */
function anchor(target: string, title: string, content: readonly NodeSpec[], context: RenderContext): NodeSpec | NodeSpec[] {
  const url = vetLink(target, context.linkSchemes, context.base);
  const shown = content.map(withHiddenShown);
  if (!url) return [...shown];
  const link: NodeSpec = {
    tag: 'a',
    attributes: {href: url.href, rel: 'noopener noreferrer', target: '_blank', title: title === '' ? url.href : `${url.href}\n${showHidden(title)}`},
    children: shown,
  };
  if (!isMisleading(plainText(content), url)) return link;
  return [link, {tag: 'span', attributes: {class: 'target', dir: 'ltr'}, children: [` (${showHidden(targetOf(url))})`]}];
}

function imageSpec(token: Tokens.Image, context: RenderContext, place: Place): NodeSpec | NodeSpec[] {
  const alt = plainText(specsOf(token.tokens, context, {isInLink: true}));
  if (token.href === pendingTarget) return place.isInLink ? showHidden(alt) : {tag: 'a', attributes: {class: 'pending'}, children: joined([showHidden(alt)])};
  const target = decodeReferences(token.href);
  const source = vetImage(target, context.imageOrigins, context.base);
  const title = decodeReferences(token.title ?? '');
  if (source === undefined) {
    const text = alt === '' ? context.labels.image : alt;
    return place.isInLink ? text : anchor(target, title, [text], context);
  }
  return {
    tag: 'img',
    attributes: {src: source, alt, loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer', ...(title === '' ? {} : {title})},
    children: [],
  };
}

function withHiddenShown(spec: NodeSpec): NodeSpec {
  if (typeof spec === 'string') return showHidden(spec);
  if ('create' in spec || typeof spec.children === 'function') return spec;
  return {...spec, children: spec.children.map(withHiddenShown)};
}

function plainText(specs: readonly NodeSpec[]): string {
  return specs.map((spec) => {
    if (typeof spec === 'string') return spec;
    if ('create' in spec) return spec.content.text;
    if (typeof spec.children === 'function') return '';
    return spec.tag === 'img' ? (spec.attributes?.alt ?? '') : plainText(spec.children);
  }).join('');
}
