export {type FenceLoader, type FenceRenderer, registerFence} from './fences.ts';
export type {MarkdownLabels} from './labels.ts';
export {markdownStyles} from './markdown-styles.ts';
export {FrameScheduler, frames, type FrameTask} from './frame-scheduler.ts';
export {warmUp} from './warm-up.ts';
export {type MarkdownOptions, MarkdownView} from './markdown-view.ts';
