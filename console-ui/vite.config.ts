import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { weightGate } from "./dev/weight";

const backend = process.env.CLEARSPAN_CONSOLE ?? "http://127.0.0.1:5180";

export default defineConfig({
  plugins: [react(), weightGate()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "target/classes/ui",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": backend } },
});
