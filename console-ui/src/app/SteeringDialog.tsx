import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { ForceBreakerDialog } from "@/components/control/ForceBreakerDialog";
import { targetOf } from "@/components/control/forceTarget";
import { InstanceActionDialog } from "@/components/control/InstanceActionDialog";
import { DialogFrame } from "@/components/ui/Dialog";
import { Empty, Loaded } from "@/components/ui/States";
import { TokenDialog } from "@/features/settings/routes";
import { breakersQuery, instancesQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import type { Steering } from "./steering";

/** Those that are asked for over the page one is on; the others are pages of their own. */
export type Asked = Extract<Steering, { do: "force" | "instance" | "token" }>;

interface SteeringDialogProps {
  asked: Asked;
  onClose: () => void;
}

/** The dialog of a page, opened from the search box; a change is then shown where its proof is. */
export function SteeringDialog({ asked, onClose }: SteeringDialogProps) {
  if (asked.do === "token") return <TokenDialog onClose={onClose} />;
  return asked.do === "force" ? (
    <Force asked={asked} onClose={onClose} />
  ) : (
    <Instance asked={asked} onClose={onClose} />
  );
}

function Force({ asked, onClose }: SteeringDialogProps & { asked: Extract<Asked, { do: "force" }> }) {
  const { caller, service, choice } = asked;
  const query = useQuery(breakersQuery);
  const router = useRouter();
  const showProof = () => {
    onClose();
    void router.navigate({ to: "/topology", search: { select: `${caller}>${service}` } });
  };
  if (!query.data) return <Waiting query={query} onClose={onClose} />;
  const target = targetOf({ caller, callee: service }, query.data, choice);
  return <ForceBreakerDialog target={target} onClose={onClose} onDone={showProof} />;
}

function Instance({ asked, onClose }: SteeringDialogProps & { asked: Extract<Asked, { do: "instance" }> }) {
  const { service, instance: id, action } = asked;
  const query = useQuery(instancesQuery(service));
  const router = useRouter();
  const instance = query.data?.find((one) => one.id === id);
  const showProof = () => {
    onClose();
    void router.navigate({ to: "/services/$service/$tab", params: { service, tab: "instances" } });
  };
  if (!query.data) return <Waiting query={query} onClose={onClose} />;
  if (!instance) {
    return (
      <DialogFrame title={id} onClose={onClose}>
        <Empty title={t("instance.missing", { id })}>{t("instance.missingHint")}</Empty>
      </DialogFrame>
    );
  }
  return (
    <InstanceActionDialog
      service={service}
      instance={instance}
      action={action}
      onClose={onClose}
      onDone={showProof}
    />
  );
}

type Read = Parameters<typeof Loaded<unknown>>[0]["query"];

function Waiting({ query, onClose }: { query: Read; onClose: () => void }) {
  return (
    <DialogFrame title={t("steer.reading")} onClose={onClose}>
      <Loaded query={query}>{() => null}</Loaded>
    </DialogFrame>
  );
}
