import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Icon } from "@/components/ui/Icon";
import { sessionQuery } from "@/lib/api/queries";
import { currentLocale, LOCALES, setLocale, t } from "@/lib/i18n";
import { currentScheme, setScheme, subscribeScheme } from "@/lib/theme/scheme";
import { applyDensity, currentDensity } from "./density";
import css from "./Preferences.module.css";
import { useSignOut } from "./useActions";

/** Who is signed in, and how the console looks to them. */
export function Preferences() {
  const scheme = useSyncExternalStore(subscribeScheme, currentScheme);
  const next = scheme === "dark" ? "light" : "dark";
  return (
    <>
      <button
        type="button"
        className={css.icon}
        aria-label={t(`shell.to.${next}`)}
        title={t(`shell.to.${next}`)}
        onClick={() => setScheme(next)}
      >
        <Icon name={next === "light" ? "sun" : "moon"} />
      </button>
      <UserMenu />
    </>
  );
}

function UserMenu() {
  const { data: session } = useQuery(sessionQuery);
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event) => {
      const inside = event.target instanceof Node && menu.current?.contains(event.target);
      if (!inside || (event instanceof KeyboardEvent && event.key === "Escape")) setOpen(false);
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, [open]);
  return (
    <div className={css.menu} ref={menu}>
      <button
        type="button"
        className={css.icon}
        aria-expanded={open}
        aria-label={t("shell.account")}
        onClick={() => setOpen(!open)}
      >
        <Icon name="user" />
      </button>
      {open && session && (
        <div className={css.sheet}>
          <p className={css.who}>
            <b>{session.user.name}</b> {t(`role.${session.user.role}`)}
          </p>
          <Choices
            label={t("shell.language")}
            value={currentLocale()}
            options={LOCALES.map(({ id, name }) => [id, name] as const)}
            onChoose={setLocale}
          />
          <Density />
          <Link to="/settings" className={css.settings} onClick={() => setOpen(false)}>
            {t("shell.settings")}
          </Link>
          <SignOut />
          <p className={css.version}>Clearspan {session.version}</p>
        </div>
      )}
    </div>
  );
}

function Density() {
  const [density, setDensity] = useState(currentDensity);
  return (
    <Choices
      label={t("shell.density")}
      value={density}
      options={[
        ["dense", t("shell.dense")],
        ["comfortable", t("shell.comfortable")],
      ]}
      onChoose={(value) => {
        applyDensity(value);
        setDensity(value);
      }}
    />
  );
}

interface ChoicesProps<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChoose: (value: T) => void;
}

function Choices<T extends string>({ label, value, options, onChoose }: ChoicesProps<T>) {
  return (
    <fieldset className={css.choices}>
      <legend>{label}</legend>
      {options.map(([id, name]) => (
        <button key={id} type="button" aria-pressed={id === value} onClick={() => onChoose(id)}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}

function SignOut() {
  const leave = useSignOut();
  return (
    <button type="button" className={css.leave} onClick={() => void leave()}>
      {t("shell.signOut")}
    </button>
  );
}
