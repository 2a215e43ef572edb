import {markdownStyles} from '../../render/markdown-styles.ts';
import {avatarStyles} from '../shared/avatar.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {agentChatStyles} from './agent-chat.styles.ts';
import {editingStyles} from './editing.styles.ts';
import {launcherStyles} from './launcher.styles.ts';
import {rowStyles} from './row.styles.ts';

/** What a conversation of text looks like. All that it looks like is in card.styles.ts. */
export const chatStyles = [baseStyles, markdownStyles, noticeStyles, avatarStyles, agentChatStyles, rowStyles, editingStyles, launcherStyles];
