import {connect} from './connect.ts';
import {followTheme} from './theme.ts';

followTheme();
connect();
// The attributes come first: an element that is defined without a channel says that it needs one.
await import('agent-session-elements/define');
