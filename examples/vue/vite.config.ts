import vue from '@vitejs/plugin-vue';
import {defineConfig} from 'vite';

/** Tags with a dash are elements of the browser's, not components of Vue's. */
const isCustomElement = (tag: string) => tag.includes('-');

export default defineConfig({
  plugins: [vue({template: {compilerOptions: {isCustomElement}}})],
  server: {proxy: {'/api': 'http://localhost:8090'}},
});
