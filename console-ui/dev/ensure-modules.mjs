// Runs "npm ci" only when node_modules does not belong to package-lock.json: a no-op in most builds.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const MARK = "node_modules/.clearspan-lock";
const MIN_NODE = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
  console.error(`Node ${process.versions.node} (expected: ${MIN_NODE.join(".")} or newer)`);
  process.exit(1);
}

const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
if (existsSync(MARK) && readFileSync(MARK, "utf8") === lock) process.exit(0);

const { status } = spawnSync("npm", ["ci", "--no-fund", "--no-audit"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
writeFileSync(MARK, lock);
