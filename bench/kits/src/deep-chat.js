import 'deep-chat';
import {register} from '../../page/adapter.ts';

function element(host, fields) {
  const chat = Object.assign(document.createElement('deep-chat'), fields);
  chat.style.cssText = 'width: 880px; height: 780px';
  host.append(chat);
  return chat;
}

register({
  'deep-chat': {
    // One answer at a time is all that it can take.
    async open(host, count) {
      if (count > 1) return undefined;
      const signals = new Promise((resolve) => {
        let isAsked = false;
        // All at once: it renders afresh, and empty, whenever a property is set.
        element(host, {
          connect: {stream: true, handler: (_body, given) => resolve(given)},
          onComponentRender: (chat) => {
            if (!isAsked) chat.submitUserMessage({text: 'Hello'});
            isAsked = true;
          },
        });
      });
      const {onOpen, onResponse, onClose} = await signals;
      onOpen();
      return [{
        push(delta, _whole, isFinal) {
          const shown = onResponse({text: delta});
          if (isFinal) void shown.then(onClose);
        },
      }];
    },
    async history(host, messages) {
      await new Promise((resolve) => {
        element(host, {history: messages.map(({role, text}) => ({role: role === 'user' ? 'user' : 'ai', text})), onComponentRender: resolve});
      });
    },
    scroller: (host) => host.querySelector('deep-chat')?.shadowRoot?.querySelector('#messages') ?? undefined,
  },
});
