// The demo shop with its console, started for the pictures and ended with them.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../../../clearspan", import.meta.url));
const PATIENCE_MILLIS = 600_000;
const LONGEST_SECONDS = 1_500;

/** A console and how to enter it: the one of the link, or a new demo. */
export function startDemo(link) {
  if (link) return Promise.resolve({ signIn: link, stop: () => {} });
  const child = spawn(LAUNCHER, ["demo", "--seconds", String(LONGEST_SECONDS)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill("SIGINT");
    return ended;
  };
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      void stop();
      reject(
        new Error(
          `no sign-in link within ${PATIENCE_MILLIS / 1_000} s (expected: one, from ${LAUNCHER} demo)`,
        ),
      );
    }, PATIENCE_MILLIS);
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const signIn = /Sign in +(\S+)/.exec(said)?.[1];
      if (!signIn) return;
      clearTimeout(late);
      resolve({ signIn, stop });
    });
    void ended.then((code) => {
      clearTimeout(late);
      reject(new Error(`${LAUNCHER} demo ended with ${code} (expected: a sign-in link)`));
    });
  });
}
