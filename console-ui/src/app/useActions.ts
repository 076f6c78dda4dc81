import { signOut } from "@/lib/api/changes";
import { currentLocale, LOCALES, setLocale, t } from "@/lib/i18n";
import { useLeave } from "@/lib/session/leaving";
import { currentScheme, setScheme } from "@/lib/theme/scheme";
import type { Action } from "./suggest";

/** What the search box can do for everybody who is signed in: nothing here steers traffic. */
export function useActions(): Action[] {
  const leave = useSignOut();
  const scheme = currentScheme() === "dark" ? "light" : "dark";
  return [
    action(t(`shell.to.${scheme}`), () => setScheme(scheme)),
    ...LOCALES.filter(({ id }) => id !== currentLocale()).map(({ id, name }) =>
      action(`${t("shell.language")}: ${name}`, () => setLocale(id)),
    ),
    action(t("search.copyLink"), () => void navigator.clipboard.writeText(location.href)),
    action(t("shell.signOut"), () => void leave()),
  ];
}

/** Ends the session and forgets what it has read. */
export function useSignOut() {
  const leave = useLeave();
  return async () => leave(await signOut());
}

const action = (label: string, run: () => void): Action => ({
  kind: "action",
  label,
  hint: t("search.action"),
  run,
});
