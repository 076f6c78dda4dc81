import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { sessionQuery, verificationQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import type { Asked } from "./SteeringDialog";
import { offers, type Steerable, type Steering } from "./steering";
import type { Action } from "./suggest";

const SteeringDialog = lazy(() =>
  import("./SteeringDialog").then((module) => ({ default: module.SteeringDialog })),
);

/** What the search box may do to what the text names, and the dialog in which it is confirmed. */
export function useSteering(
  text: string,
  known: Omit<Steerable, "user">,
): { actions: Action[]; dialog: ReactNode } {
  const { data: session } = useQuery(sessionQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const lead = useLeading();
  const start = (steering: Steering) => {
    if (steering.do === "force" || steering.do === "instance" || steering.do === "token") setAsked(steering);
    else lead(steering);
  };
  const actions = offers(text, { ...known, user: session?.user }).map(({ label, steering }) => ({
    kind: "action" as const,
    label,
    hint: t("search.action"),
    run: () => start(steering),
  }));
  const dialog = asked && (
    <Suspense>
      <SteeringDialog asked={asked} onClose={() => setAsked(null)} />
    </Suspense>
  );
  return { actions, dialog };
}

/** To the form of what has a page of its own. */
function useLeading() {
  const client = useQueryClient();
  const router = useRouter();
  return (steering: Exclude<Steering, Asked>) => {
    switch (steering.do) {
      case "policy":
        return void router.navigate({
          to: "/services/$service/$tab",
          params: { service: steering.service, tab: "policy" },
          search: { edit: true },
        });
      case "invoke":
        return void router.navigate({
          to: "/invoke",
          search: { service: steering.service, method: steering.method },
        });
      case "chain":
        void client.invalidateQueries({ queryKey: verificationQuery.queryKey });
        return void router.navigate({ to: "/audit" });
    }
  };
}
