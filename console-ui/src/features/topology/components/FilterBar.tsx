import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { memo, useCallback, useMemo } from "react";
import type { Topology } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { dependencyOf, titleOf } from "../model/dependencies";
import { wrongTerm } from "../model/filter";
import { DIRECTIONS, MAX_HOPS } from "../model/focus";
import type { TopologySearch } from "../search";
import css from "./FilterBar.module.css";

const route = getRouteApi("/shell/topology");
const HOPS = Array.from({ length: MAX_HOPS }, (_, n) => ({
  value: String(n + 1),
  label: t("topology.hops", { n: n + 1 }),
}));

const labelOf = (topology: Topology, id: string) => {
  const dependency = dependencyOf(topology, id);
  return dependency ? `${titleOf(dependency)} (${dependency.system})` : id;
};

/** Narrows the map: to the surroundings of one service, to what is found, without what is hidden. */
export function FilterBar({ topology }: { topology: Topology }) {
  const { focus, hops, direction, find, hide, dependencies } = route.useSearch();
  const navigate = route.useNavigate();
  const change = useCallback(
    (part: TopologySearch) => void navigate({ search: (s) => ({ ...s, ...part }), replace: true }),
    [navigate],
  );
  const chooseFocus = useCallback((id: string) => change({ focus: id || undefined }), [change]);
  const names = topology.services.map(({ service }) => service).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `names` stands for the topology
  const services = useMemo(
    () => topology.services.map(({ service }) => ({ value: service, label: labelOf(topology, service) })),
    [names],
  );
  return (
    <search className={css.bar}>
      <Expression label={t("topology.find")} value={find} onChange={(next) => change({ find: next })} />
      <Expression label={t("topology.hide")} value={hide} onChange={(next) => change({ hide: next })} />
      <FocusChoice services={services} value={focus ?? ""} onChange={chooseFocus} />
      {focus && (
        <>
          <NativeSelect
            aria-label={t("topology.reach")}
            value={String(hops ?? 1)}
            onChange={(event) => change({ hops: Number(event.currentTarget.value) })}
            data={HOPS}
          />
          <NativeSelect
            aria-label={t("topology.direction")}
            value={direction ?? "both"}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              change({ direction: chosen === "callers" || chosen === "callees" ? chosen : undefined });
            }}
            data={DIRECTIONS.map((value) => ({ value, label: t(`topology.direction.${value}`) }))}
          />
        </>
      )}
      {topology.dependencies.length > 0 && (
        <Checkbox
          className={css.toggle}
          size="xs"
          label={t("topology.dependencies")}
          title={t("topology.dependenciesHint")}
          checked={dependencies !== "off"}
          onChange={(event) => change({ dependencies: event.currentTarget.checked ? undefined : "off" })}
        />
      )}
    </search>
  );
}

interface FocusChoiceProps {
  services: { value: string; label: string }[];
  value: string;
  onChange: (id: string) => void;
}

/** Hundreds of lines that stay as they are while numbers change. */
const FocusChoice = memo(function FocusChoice({ services, value, onChange }: FocusChoiceProps) {
  return (
    <NativeSelect
      aria-label={t("topology.focus")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: "", label: t("topology.wholeMap") }, ...services]}
    />
  );
});

interface ExpressionProps {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

function Expression({ label, value, onChange }: ExpressionProps) {
  const wrong = wrongTerm(value);
  return (
    <TextInput
      className={css.expression}
      aria-label={label}
      placeholder={`${label}: name~pay* errors>1%`}
      title={t("topology.grammar")}
      value={value ?? ""}
      error={wrong && t("topology.wrongTerm", { term: wrong })}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}
