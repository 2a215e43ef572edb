import {operatorClientId} from './channels.ts';
import {connect} from './connect.ts';
import {useSessionExtras} from './session-extras.ts';
import {followTheme} from './theme.ts';

followTheme();
useSessionExtras();
connect({name: operatorClientId});
await import('agent-session-elements/define');
