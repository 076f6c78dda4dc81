/** "48cf1f73…2841": both ends of an id stay readable. */
export function shortenMiddle(id: string, max = 14): string {
  if (id.length <= max) return id;
  const tail = Math.floor((max - 1) / 3);
  return `${id.slice(0, max - 1 - tail)}…${id.slice(-tail)}`;
}

const TRACE_ID = /^[0-9a-f]{32}$/;
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace id in what somebody pasted: bare, upper case, with dashes, or a traceparent header. */
export function traceIdIn(text: string): string | null {
  const lower = text
    .trim()
    .toLowerCase()
    .replace(/^trace(?:[ _]?id)?\s*[=:]\s*/, "")
    .replace(/["',;\])]+$/, "");
  const parent = TRACEPARENT.exec(lower);
  if (parent?.[1]) return parent[1];
  const bare = lower.replaceAll("-", "");
  return TRACE_ID.test(bare) ? bare : null;
}

/** "shop.Payments/Charge" is read as "Payments/Charge" where the package says nothing new. */
export function shortMethod(method: string): string {
  const slash = method.indexOf("/");
  const dot = slash < 0 ? -1 : method.lastIndexOf(".", slash);
  return dot < 0 ? method : method.slice(dot + 1);
}
