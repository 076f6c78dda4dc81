import { useQueries, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Icon } from "@/components/ui/Icon";
import { methodsQuery, topologyQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import css from "./SearchBox.module.css";
import { type Suggestion, suggest } from "./suggest";
import { useActions } from "./useActions";
import { useSteering } from "./useSteering";

/** One box for a trace id, a service, a method, an instance, a page or an action; Ctrl-K from anywhere. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const router = useRouter();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const known = useKnown(open);
  const general = useActions();
  const { actions: steering, dialog } = useSteering(open ? text : "", known);
  const found = open ? suggest(text, { ...known, actions: [...steering, ...general] }) : [];
  useShortcut(() => {
    input.current?.focus();
    input.current?.select();
  });

  const go = (chosen: Suggestion) => {
    setText("");
    setOpen(false);
    input.current?.blur();
    if (chosen.kind === "action") chosen.run();
    else router.history.push(chosen.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[Math.min(active, found.length - 1)];
    if (event.key === "ArrowDown") setActive((n) => Math.min(n + 1, found.length - 1));
    else if (event.key === "ArrowUp") setActive((n) => Math.max(n - 1, 0));
    else if (event.key === "Enter" && chosen) go(chosen);
    else if (event.key === "Escape") input.current?.blur();
    else return;
    event.preventDefault();
  };
  return (
    <search className={css.search} data-open={open}>
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={t("search.label")}
        aria-expanded={open}
        aria-controls={list}
        aria-activedescendant={open && found.length ? `${list}-${active}` : undefined}
        placeholder={t("search.placeholder")}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {!open && <kbd className={css.key}>Ctrl K</kbd>}
      <div id={list} className={css.list} role="listbox" aria-label={t("search.results")} hidden={!open}>
        {found.map((suggestion, index) => (
          <div
            key={suggestion.kind + ("href" in suggestion ? suggestion.href : "") + suggestion.label}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={css.option}
            onPointerDown={(event) => {
              event.preventDefault();
              go(suggestion);
            }}
          >
            <span className={css.label}>{suggestion.label}</span>
            <span className={css.hint}>{suggestion.hint}</span>
          </div>
        ))}
        {found.length === 0 && <p className={css.none}>{t("search.none")}</p>}
      </div>
      {dialog}
    </search>
  );
}

/** Nothing is read, and no tick of the topology heard, before the box is used. */
function useKnown(open: boolean) {
  const { data: topology } = useQuery({ ...topologyQuery, enabled: open, subscribed: open });
  const services = open ? (topology?.services ?? []) : [];
  const serving = services.filter((s) => s.kind === "service").map((s) => s.service);
  const methods = useQueries({
    queries: serving.map((service) => ({
      ...methodsQuery(service),
      refetchInterval: false as const,
    })),
  });
  return {
    topology,
    methods: serving.map((service, index) => ({ service, methods: methods[index]?.data ?? [] })),
  };
}

function useShortcut(onShortcut: () => void) {
  const latest = useRef(onShortcut);
  latest.current = onShortcut;
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
