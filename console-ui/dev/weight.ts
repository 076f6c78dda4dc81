// The weight of the pages, gated in the build: what a first visit loads, and the graph's own part.
import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

const KIB = 1024;
const FIRST_LOAD_KIB = 300;
const GRAPH_KIB = 200;

type Bundle = Rollup.OutputBundle;

/** Fails the build when the heaviest first load or the graph crosses its limit (KiB, gzip). */
export function weightGate(): Plugin {
  return {
    name: "clearspan-weight-gate",
    apply: "build",
    enforce: "post",
    writeBundle(_, bundle) {
      const { heaviest, graph } = weigh(bundle);
      const found = `first load ${heaviest.kib.toFixed(0)} KiB (${heaviest.page}), graph ${graph.toFixed(0)} KiB, gzip`;
      if (heaviest.kib > FIRST_LOAD_KIB || graph > GRAPH_KIB)
        this.error(`${found} (expected: at most ${FIRST_LOAD_KIB} and ${GRAPH_KIB}; load rare parts lazily)`);
      this.info(found);
    },
  };
}

export function weigh(bundle: Bundle): { heaviest: { page: string; kib: number }; graph: number } {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const entry = chunks.find((chunk) => chunk.isEntry);
  if (!entry) throw new Error("no entry chunk in the bundle (expected: index.html's)");
  const pages = chunks.filter((chunk) => /features\/\w+\/routes\.tsx$/.test(chunk.facadeModuleId ?? ""));
  const loads = pages.map((page) => ({
    page: page.facadeModuleId?.split("/").at(-2) ?? "",
    kib: kibOf(bundle, closure(bundle, [entry.fileName, page.fileName])),
  }));
  const heaviest = loads.reduce((a, b) => (b.kib > a.kib ? b : a), { page: "", kib: 0 });
  const graph = chunks.find((chunk) => chunk.facadeModuleId?.endsWith("/TopologyGraph.tsx"));
  return { heaviest, graph: graph ? kibOf(bundle, [graph.fileName, ...stylesOf(graph)]) : 0 };
}

/** Chunks with all they import before they run, and their styles. */
function closure(bundle: Bundle, roots: string[]): string[] {
  const seen = new Set<string>();
  const visit = (name: string) => {
    const file = bundle[name];
    if (seen.has(name) || !file) return;
    seen.add(name);
    if (file.type !== "chunk") return;
    for (const next of [...file.imports, ...stylesOf(file)]) visit(next);
  };
  for (const root of roots) visit(root);
  return [...seen];
}

const stylesOf = (chunk: Rollup.OutputChunk) => [...(chunk.viteMetadata?.importedCss ?? [])];

function kibOf(bundle: Bundle, names: string[]): number {
  const bytes = names.map((name) => {
    const file = bundle[name];
    if (!file) return 0;
    return gzipSync(file.type === "chunk" ? file.code : file.source).length;
  });
  return bytes.reduce((sum, n) => sum + n, 0) / KIB;
}
