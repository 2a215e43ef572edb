import {markdownStyles} from '../../render/markdown-styles.ts';
import {approvalStyles} from '../shared/approval.styles.ts';
import {avatarStyles} from '../shared/avatar.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {valueStyles} from '../shared/value.styles.ts';
import {agentChatStyles} from './agent-chat.styles.ts';
import {editingStyles} from './editing.styles.ts';
import {editorStyles} from './editor.styles.ts';
import {launcherStyles} from './launcher.styles.ts';
import {partStyles} from './part.styles.ts';
import {printStyles} from './print.styles.ts';
import {rowStyles} from './row.styles.ts';
import {toolStyles} from './tool.styles.ts';

/** All that a conversation looks like, in order. */
export const cardStyles = [
  baseStyles, markdownStyles, noticeStyles, avatarStyles, valueStyles, approvalStyles, agentChatStyles, rowStyles, partStyles, toolStyles, editorStyles, editingStyles,
  printStyles, launcherStyles,
];
