// What the two large views cost in a real browser, against their targets. Exit code 1 when one is missed.
// `npm run bench`; needs the built UI and Chromium (CHROMIUM names another one). An idle machine gives fair figures.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { largePositions, largeTopology, largeTrace } from "./mock/large.mjs";
import { startMock } from "./mock-server.mjs";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"];
const SERVICES = 500;
const EDGES = 2_000;
const SPANS = 10_000;
const TICKS = 10;
const FRAMES = 300;
const LIMIT_MILLIS = 120_000;

if (!existsSync(EXECUTABLE)) {
  console.error(`${EXECUTABLE}: no such file (expected: Chromium; install it or set CHROMIUM)`);
  process.exit(2);
}
const trace = largeTrace(SPANS);
const mock = await startMock({ signedIn: true, topology: largeTopology(SERVICES, EDGES), trace });
const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
const rows = [...(await topology()), ...(await arranged()), ...(await waterfall())];
await browser.close();
await mock.close();
console.table(
  Object.fromEntries(
    rows.map(([what, millis, limit]) => [
      what,
      { ms: Number(millis.toFixed(1)), "at most": limit, "": millis <= limit ? "ok" : "MISSED" },
    ]),
  ),
);
process.exit(rows.every(([, millis, limit]) => millis <= limit) ? 0 : 1);

async function open(path, positions) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(LIMIT_MILLIS);
  const page = await context.newPage();
  await page.addInitScript((known) => {
    if (known) localStorage.setItem("clearspan.topology.large.wide", JSON.stringify(known));
  }, positions);
  await page.goto(mock.url + path);
  return page;
}

/** Milliseconds of main thread since the page was opened. */
async function mainThreadMillis(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value * 1_000;
}

async function topology() {
  const page = await open("/topology", largePositions(SERVICES));
  const painted = await page.evaluate(paintedWhen, `[data-boxes="${SERVICES}"]`);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.waitForTimeout(3_000);
  const before = await mainThreadMillis(session);
  await page.waitForTimeout(TICKS * 1_000);
  const tick = ((await mainThreadMillis(session)) - before) / TICKS;
  await page.context().close();
  return [
    [`topology ${SERVICES}/${EDGES}: first paint, cached positions`, painted, 2_000],
    [`topology ${SERVICES}/${EDGES}: main thread per tick of 1 s`, tick, 50],
  ];
}

/** A map that nobody has seen before: arranged in a worker, the page can be used meanwhile. */
async function arranged() {
  const page = await open("/topology");
  const { painted, frame } = await page.evaluate(longestFrameUntil, `[data-boxes="${SERVICES}"]`);
  await page.context().close();
  return [
    [`topology ${SERVICES}/${EDGES}: first paint, arranged anew`, painted, 5_000],
    [`topology ${SERVICES}/${EDGES}: longest frame until then`, frame, 500],
  ];
}

async function waterfall() {
  const page = await open(`/traces/${trace.traceId}`);
  const painted = await page.evaluate(paintedWhen, "[data-rows]");
  const arrived = await page.evaluate(
    () =>
      performance.getEntriesByType("resource").find(({ name }) => /\/traces\/[0-9a-f]{32}/.test(name))
        .responseEnd,
  );
  const frames = await page.evaluate(framesWhileScrolling, FRAMES);
  await page.context().close();
  return [
    [`waterfall ${SPANS}: paint after its data`, painted - arrived, 1_000],
    [
      `waterfall ${SPANS}: p95 frame while scrolling`,
      frames.sort((a, b) => a - b)[Math.floor(FRAMES * 0.95)],
      20,
    ],
  ];
}

/** When the element was on the screen, in ms since the navigation. Runs in the page. */
function paintedWhen(selector) {
  return new Promise((resolve) => {
    const look = () =>
      document.querySelector(selector)
        ? requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())))
        : requestAnimationFrame(look);
    look();
  });
}

/** When the element was on the screen, and the longest frame before that. Runs in the page. */
function longestFrameUntil(selector) {
  return new Promise((resolve) => {
    let last = performance.now();
    let frame = 0;
    const look = () => {
      const now = performance.now();
      frame = Math.max(frame, now - last);
      last = now;
      if (document.querySelector(selector)) resolve({ painted: now, frame });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** Lengths of frames while the rows are scrolled by hand's speed. Runs in the page. */
function framesWhileScrolling(count) {
  const scroller = document.querySelector("[data-rows]");
  return new Promise((resolve) => {
    const lengths = [];
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      lengths.push(now - last);
      last = now;
      scroller.scrollTop += 90;
      if (lengths.length < count) requestAnimationFrame(frame);
      else resolve(lengths);
    };
    requestAnimationFrame(frame);
  });
}
