import {default_renderer, parser, parser_end, parser_write} from 'streaming-markdown';
import {register} from '../../page/adapter.ts';

function answer(host) {
  const box = document.createElement('div');
  host.append(box);
  const written = parser(default_renderer(box));
  return {
    push(delta, _whole, isFinal) {
      parser_write(written, delta);
      if (isFinal) parser_end(written);
    },
  };
}

register({
  'streaming-markdown': {
    open: (host, count) => Array.from({length: count}, () => answer(host)),
    history(host, messages) {
      for (const {text} of messages) answer(host).push(text, text, true);
    },
  },
});
