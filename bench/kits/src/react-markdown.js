import {createElement} from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import {register} from '../../page/adapter.ts';
import {reactAdapter} from './react.js';

const remarkPlugins = [remarkGfm];
register({'react-markdown': reactAdapter(({text}) => createElement(Markdown, {remarkPlugins}, text))});
