// Before anything is mounted: Svelte looks at an element to tell properties from attributes.
import 'agent-session-elements/define';
import 'agent-session-elements/types/svelte';
import {mount} from 'svelte';
import App from './App.svelte';
import './style.css';

const target = document.querySelector('#app');
if (target) mount(App, {target});
