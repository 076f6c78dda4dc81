import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  oxc: { jsx: { runtime: "automatic" } },
  test: {
    restoreMocks: true,
    // Nothing waits that long: a busy machine may.
    testTimeout: 60_000,
    pool: "threads",
    isolate: false,
    css: false,
    projects: [
      {
        extends: true,
        test: {
          name: "pages",
          include: ["src/**/*.test.{ts,tsx}"],
          environment: "jsdom",
          setupFiles: ["src/testing/setup.ts"],
        },
      },
      { extends: true, test: { name: "mock", include: ["dev/**/*.test.ts"], environment: "node" } },
    ],
  },
});
