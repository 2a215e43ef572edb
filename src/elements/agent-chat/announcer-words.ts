import type {AnnouncerWords} from '../../controllers/announcer.ts';
import type {Locale} from '../../i18n/index.ts';
import type {RunSnapshot} from '../../session/index.ts';
import {nameInWords} from '../shared/name-in-words.ts';
import {authorOf, nameOf} from './chat-context.ts';

/** What the conversation's announcer says, in a language. */
export function announcerWords(locale: Locale, me: string | undefined): AnnouncerWords {
  const agentOf = (run: RunSnapshot): string => authorOf({locale}, {mine: false, role: 'assistant', clientId: run.agentId});
  return {
    locale: locale.tag,
    codeBlock: locale.t('announce.codeBlock'),
    offline: locale.t('announce.offline'),
    online: locale.t('announce.online'),
    started: (run) => locale.t('announce.started', {agent: agentOf(run)}),
    ended: (run) => endOf(run, locale, agentOf(run)),
    said: (message, text) => locale.t('announce.said', {author: authorOf({locale}, message), text}),
    undelivered: ({delivery, error}) =>
      delivery === 'queued' ? `${locale.t('message.queued')}.` : [locale.t('message.failed'), error?.message].filter(Boolean).join(': '),
    asks: ({agentId, toolName}) => locale.t('announce.asks', {agent: nameOf({locale, me}, agentId), tool: nameInWords(toolName)}),
    decided: ({toolName, decision}) => locale.t('announce.decided', {
      tool: nameInWords(toolName),
      outcome: locale.t(decision?.approved === true ? 'approval.approvedBy' : 'approval.deniedBy', {name: nameOf({locale, me}, decision?.clientId)}),
    }),
  };
}

function endOf(run: RunSnapshot, locale: Locale, agent: string): string {
  const reason = run.error === undefined ? '' : `: ${run.error.message}`;
  switch (run.status) {
    case 'complete':
    case 'starting':
    case 'active':
      return locale.t('announce.finished', {agent});
    case 'cancelled':
      return `${locale.t('run.cancelled')}.`;
    case 'error':
      return locale.t('run.failed') + reason;
    case 'unanswered':
      return locale.t('run.unanswered') + reason;
    case 'lost':
      return `${locale.t('run.lost')}.`;
    case 'suspended':
      return run.error ? locale.t('run.stuck') + reason : `${locale.t('run.suspended')}.`;
  }
}
