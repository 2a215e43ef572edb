import {operatorClientId} from './channels.ts';
import {connect} from './connect.ts';
import {useSessionExtras} from './session-extras.ts';
import {followTheme} from './theme.ts';

followTheme();
useSessionExtras();
connect({name: operatorClientId});
useInbox();
await import('agent-session-elements/define');

/** Shows the conversation that is chosen in the inbox, at an address of its own. */
function useInbox(): void {
  const panel = document.querySelector<HTMLDetailsElement>('details.trip');
  const isWide = matchMedia('(min-width: 62rem)');
  isWide.addEventListener('change', () => {
    if (panel && isWide.matches) panel.open = true;
  });
  document.querySelector('approval-inbox')?.addEventListener('agent-conversation-chosen', ({channel}) => {
    // Where there is no room beside it, the conversation takes the place of the inbox.
    if (panel && !isWide.matches) {
      panel.querySelector('summary')?.focus();
      panel.open = false;
    }
    const address = new URL(location.href);
    address.searchParams.set('session', channel.slice(channel.indexOf(':') + 1));
    if (address.href === location.href) return;
    history.pushState(null, '', address);
    connect({name: operatorClientId});
  });
  addEventListener('popstate', () => connect({name: operatorClientId}));
}
