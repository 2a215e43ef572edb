/** The page of a live conversation, on a broker: what the elements cost beside the SDK under them. */
import '../../src/define.ts';

const parameters = new URLSearchParams(location.search);
const chat = document.createElement('agent-chat');
chat.style.blockSize = '780px';
chat.channel = 'conversations:bench';
chat.setAttribute('endpoint', 'localhost');
chat.setAttribute('insecure', '');
chat.setAttribute('port', parameters.get('port') ?? '');
chat.setAttribute('auth-url', '/token');
chat.setAttribute('agent-url', '/agent');
document.body.append(chat);
