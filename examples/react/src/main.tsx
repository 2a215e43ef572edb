// Before anything is rendered: React looks at an element to tell properties from attributes.
import 'agent-session-elements/define';
import 'agent-session-elements/types/react';
import {StrictMode} from 'react';
import {createRoot} from 'react-dom/client';
import {App} from './App.tsx';
import './style.css';

const root = document.querySelector('#app');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
