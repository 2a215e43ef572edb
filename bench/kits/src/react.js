/** How a React application shows messages with a component that takes Markdown. */
import {createElement, useState} from 'react';
import {flushSync} from 'react-dom';
import {createRoot} from 'react-dom/client';

export function reactAdapter(Message) {
  return {
    open(host, count) {
      return Array.from({length: count}, () => {
        const box = document.createElement('div');
        host.append(box);
        let show;
        function App() {
          const [state, setState] = useState({text: '', isFinal: false});
          show = setState;
          return createElement(Message, state);
        }
        // Text may come at once, and on a busy machine before it would be rendered.
        flushSync(() => createRoot(box).render(createElement(App)));
        return {push: (_delta, text, isFinal) => show({text, isFinal})};
      });
    },
    history(host, messages) {
      createRoot(host).render(messages.map(({role, text}, index) =>
        createElement('div', {key: index, className: role}, role === 'user' ? text : createElement(Message, {text, isFinal: true}))));
    },
  };
}
