import type { IconName } from "@/components/ui/Icon";

/** Every page that one goes to by its name, in the order of the rail. */
export const PAGES = [
  "home",
  "topology",
  "services",
  "breakers",
  "alerts",
  "traces",
  "metrics",
  "invoke",
  "audit",
] as const satisfies IconName[];

/** About the console itself. */
export const HOUSE = ["system", "settings"] as const satisfies IconName[];
