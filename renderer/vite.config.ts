import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the window: `vite build renderer` into `dist/renderer` for the browser, under Forge into its own folder for
 * Electron. The nonce is a placeholder that the shell replaces for every page.
 */
export default defineConfig((env) => ({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: 'PHONEHOME-NONCE' },
  build: {
    outDir: 'forgeConfig' in env ? '../.vite/renderer/main_window' : '../dist/renderer',
    emptyOutDir: true,
    // The policy allows no fonts or scripts from `data:` addresses.
    assetsInlineLimit: 0,
    target: 'es2023',
    sourcemap: false,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    host: '127.0.0.1',
    strictPort: false,
  },
}));
