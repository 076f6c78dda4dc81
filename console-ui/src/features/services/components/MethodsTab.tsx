import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Panel } from "@/components/ui/Panel";
import { RedCells, RedHeads } from "@/components/ui/RedCells";
import { Empty, Loaded } from "@/components/ui/States";
import { methodsQuery } from "@/lib/api/queries";
import type { MethodSummary } from "@/lib/api/types";
import { plain, rate } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";
import { MethodTags } from "./MethodTags";

const COLUMNS = ["rate", "errors", "p50", "p90", "p99"] as const;

export function MethodsTab({ service }: { service: string }) {
  const query = useQuery(methodsQuery(service));
  return (
    <Panel title={t("service.methods")} hint={t("service.methodsHint")} flush>
      <Loaded query={query}>
        {(methods) =>
          methods.length === 0 ? (
            <Empty title={t("service.noMethods")} />
          ) : (
            <MethodsTable service={service} methods={methods} />
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Rate times latency: where time goes. */
const impact = ({ red }: MethodSummary) => red.rate * (red.p50Millis ?? 0);

function MethodsTable({ service, methods }: { service: string; methods: MethodSummary[] }) {
  return (
    <table className="grid">
      <thead>
        <tr>
          <th scope="col">{t("column.method")}</th>
          <th scope="col">{t("column.kind")}</th>
          <RedHeads columns={COLUMNS} />
          <th scope="col">{t("services.calledBy")}</th>
        </tr>
      </thead>
      <tbody>
        {[...methods]
          .sort((a, b) => impact(b) - impact(a))
          .map((method) => (
            <tr key={method.method}>
              <th scope="row" className="mono">
                <Link
                  to="/services/$service/methods/$owner/$name"
                  params={{ service, ...parts(method.method) }}
                >
                  {method.method}
                </Link>
              </th>
              <td>
                <span className="named">
                  <MethodTags service={service} method={method} />
                </span>
              </td>
              <RedCells columns={COLUMNS} red={method.red} />
              <td className="quiet">
                {method.callers.map((c) => `${c.caller} ${plain(rate(c.red.rate))}`).join(", ")}
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** A method's name as its page's address has it. */
function parts(method: string) {
  const [owner = "", name = ""] = method.split("/");
  return { owner, name };
}
