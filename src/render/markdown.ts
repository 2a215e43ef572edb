// What reading and showing Markdown takes. It is loaded apart, with the first answer or before it: see markdown-loader.ts.
export {type MarkdownOptions, MarkdownView} from './markdown-view.ts';
export {warmUpParser} from './warm-up.ts';
