export {type FenceLoader, type FenceRenderer, registerFence} from './fences.ts';
export {frames, FrameScheduler, type FrameTask} from './frame-scheduler.ts';
export type {MarkdownLabels} from './labels.ts';
export {loadMarkdown, warmUp} from './markdown-loader.ts';
export {markdownStyles} from './markdown-styles.ts';
export {MarkdownText} from './markdown-text.ts';
export type {MarkdownOptions} from './markdown-view.ts';
