import { defineConfig } from 'vite';
import { bundle } from './bundle.config.ts';

export default defineConfig(bundle('main/host/engine-process.ts', 'node'));
