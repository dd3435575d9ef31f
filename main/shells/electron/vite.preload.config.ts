import { defineConfig } from 'vite';
import { bundle } from './bundle.config.ts';

export default defineConfig(bundle('main/shells/electron/preload.ts', 'sandboxed'));
