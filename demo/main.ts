import {connect} from './connect.ts';
import {useForgedApproval} from './forged-approval.ts';
import {useSessionExtras} from './session-extras.ts';
import {useStarters} from './starters.ts';
import {followTheme} from './theme.ts';
import {useTripPanel} from './trip-panel.ts';

followTheme();
useStarters();
useTripPanel();
useSessionExtras({isTraveller: true});
useForgedApproval();
connect();
// The attributes come first: an element that is defined without a channel says that it needs one.
await import('agent-session-elements/define');
