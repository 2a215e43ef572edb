import type {PageNoticesOptions} from '../../controllers/page-notices.ts';
import type {Locale} from '../../i18n/index.ts';
import {authorOf} from './chat-context.ts';

/** What notices of the system say. */
export function noticeWords(language: () => Locale): Pick<PageNoticesOptions, 'runEnded' | 'asked'> {
  const agent = (clientId: string | undefined): string => authorOf({locale: language()}, {mine: false, role: 'assistant', clientId});
  return {
    asked: ({agentId}) => language().t('notify.asks', {agent: agent(agentId)}),
    runEnded: ({status, agentId}) => {
      switch (status) {
        case 'complete':
          return language().t('notify.finished', {agent: agent(agentId)});
        case 'suspended':
          return language().t('notify.waits', {agent: agent(agentId)});
        case 'error':
        case 'lost':
        case 'unanswered':
          return language().t('notify.failed');
        case 'starting':
        case 'active':
        case 'cancelled':
          return undefined;
      }
    },
  };
}
