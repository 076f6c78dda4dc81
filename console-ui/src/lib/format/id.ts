/** "48cf1f73…2841": both ends of an id stay readable. */
export function shortenMiddle(id: string, max = 14): string {
  if (id.length <= max) return id;
  const tail = Math.floor((max - 1) / 3);
  return `${id.slice(0, max - 1 - tail)}…${id.slice(-tail)}`;
}

// From the surest sign to the weakest: a traceparent, an id that is called one, 32 digits alone, a UUID's form.
const SIGNS = [
  /(?<![0-9a-f])[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?![0-9a-f])/,
  /trace(?:[ _-]?id)?["']?\s*[=:]\s*["']?([0-9a-f]{32})(?![0-9a-f])/,
  /(?<![0-9a-f])([0-9a-f]{32})(?![0-9a-f])/,
  /(?<![0-9a-f])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f])/,
];

/** The trace id anywhere in what somebody pasted: a log line, an exception's message, a header, the bare id. */
export function traceIdIn(text: string): string | null {
  const lower = text.toLowerCase();
  for (const sign of SIGNS) {
    const id = sign.exec(lower)?.[1]?.replaceAll("-", "");
    if (id && !/^0+$/.test(id)) return id;
  }
  return null;
}

/** "shop.Payments/Charge" is read as "Payments/Charge" where the package says nothing new. */
export function shortMethod(method: string): string {
  const slash = method.indexOf("/");
  const dot = slash < 0 ? -1 : method.lastIndexOf(".", slash);
  return dot < 0 ? method : method.slice(dot + 1);
}
