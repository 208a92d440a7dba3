import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The product that `npm run dev` speaks to. */
const PRODUCT = process.env['PRODUCT_URL'] ?? 'http://127.0.0.1:3000';
const proxied = { target: PRODUCT, ws: true };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@domain': fileURLToPath(new URL('../src/domain', import.meta.url)) } },
  build: {
    target: 'es2022',
    // Inlined files would need a looser content security policy, and cannot be cached by themselves.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/graphql': proxied, '/session': proxied, '/v1': proxied } },
});
