import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ago } from "@/components/ui/Ago";
import { CopyId } from "@/components/ui/CopyId";
import { Num } from "@/components/ui/Num";
import { Panel } from "@/components/ui/Panel";
import { Empty, Loaded } from "@/components/ui/States";
import { Tag } from "@/components/ui/Tag";
import { tracesQuery } from "@/lib/api/queries";
import { shortMethod } from "@/lib/format/id";
import { millis } from "@/lib/format/quantity";
import { t } from "@/lib/i18n";

const SHOWN = 8;

/** The newest traces in which this method failed. */
export function MethodFailures({ service, method }: { service: string; method: string }) {
  const query = useQuery(tracesQuery({ service, method, status: "error" }));
  return (
    <Panel
      title={t("method.failures")}
      actions={
        <Link to="/traces" search={{ service, status: "error" }}>
          {t("method.allTraces")}
        </Link>
      }
      flush
    >
      <Loaded query={query}>
        {({ traces }) =>
          traces.length === 0 ? (
            <Empty title={t("method.noFailures")} />
          ) : (
            <table className="grid">
              <tbody>
                {traces.slice(0, SHOWN).map((trace) => (
                  <tr key={trace.traceId}>
                    <td>
                      <CopyId id={trace.traceId} max={16} />
                    </td>
                    <th scope="row">
                      <Link to="/traces/$traceId" params={{ traceId: trace.traceId }}>
                        {trace.rootService} {shortMethod(trace.rootMethod)}
                      </Link>
                    </th>
                    <td className="right">
                      <Num q={millis(trace.durationMillis)} />
                    </td>
                    <td>
                      <Tag tone="bad">{trace.firstError?.status ?? trace.status}</Tag>
                    </td>
                    <td className="wide quiet">{trace.firstError?.message}</td>
                    <td className="right quiet">
                      <Ago at={trace.startedAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}
