import {connect} from './connect.ts';
import {useStarters} from './starters.ts';
import {followTheme} from './theme.ts';

followTheme();
useStarters();
connect();
// The attributes come first: an element that is defined without a channel says that it needs one.
await import('agent-session-elements/define');
