import {connect} from './connect.ts';
import {followTheme} from './theme.ts';

followTheme();
connect({name: 'Supervisor'});
await import('agent-session-elements/define');
