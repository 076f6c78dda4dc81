import type { Rights } from "@/lib/api/accounts";
import type { Role } from "@/lib/api/types";
import { t } from "@/lib/i18n";

export const ROLES = ["viewer", "operator", "admin"] as const satisfies Role[];

/** Only operators are scoped: viewers steer nothing, admins everything. */
export function withRole(rights: Rights, role: string): Rights {
  const chosen = ROLES.find((known) => known === role) ?? "viewer";
  return { role: chosen, services: chosen === "operator" ? rights.services : [] };
}

export function withService(rights: Rights, service: string, chosen: boolean): Rights {
  const others = rights.services.filter((other) => other !== service);
  return { ...rights, services: chosen ? [...others, service].sort() : others };
}

/** The beginning of services' names, without the star that makes it mean all of them. */
export const isPrefix = (text: string) => /^[a-z0-9._-]{1,62}$/.test(text);

/** "payments, orders", or all; nothing for those who steer nothing. */
export function scopeWords({ role, services }: Rights): string {
  if (role === "viewer") return "–";
  return services.length === 0 ? t("settings.allServices") : services.join(", ");
}
