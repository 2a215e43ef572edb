import MarkdownRender from 'markstream-react';
import 'markstream-react/index.css';
import {createElement} from 'react';
import {register} from '../../page/adapter.ts';
import {reactAdapter} from './react.js';

register({markstream: reactAdapter(({text, isFinal}) => createElement(MarkdownRender, {content: text, final: isFinal, fade: false}))});
