// Before anything is mounted: Vue looks at an element to tell properties from attributes.
import 'agent-session-elements/define';
import 'agent-session-elements/types/vue';
import {createApp} from 'vue';
import App from './App.vue';
import './style.css';

createApp(App).mount('#app');
