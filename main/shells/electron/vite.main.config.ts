import { defineConfig } from 'vite';
import { bundle } from './bundle.config.ts';

export default defineConfig(bundle('main/electron.ts', 'node'));
