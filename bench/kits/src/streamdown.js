import {createElement} from 'react';
import {Streamdown} from 'streamdown';
import {register} from '../../page/adapter.ts';
import {reactAdapter} from './react.js';

register({streamdown: reactAdapter(({text, isFinal}) => createElement(Streamdown, {isAnimating: !isFinal}, text))});
