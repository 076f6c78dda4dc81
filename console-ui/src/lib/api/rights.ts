import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "./queries";
import type { Session } from "./types";

export type Account = Pick<Session["user"], "role" | "services">;

/**
 * Whether somebody may steer a service, as the server decides it: admins all, operators those of their scope, where a
 * name that ends with a star means all that begin so, and no names mean all.
 */
export function maySteer(user: Account | undefined, service: string): boolean {
  if (!user || user.role === "viewer") return false;
  if (user.role === "admin" || user.services.length === 0) return true;
  return user.services.some((name) =>
    name.endsWith("*") ? service.startsWith(name.slice(0, -1)) : name === service,
  );
}

/** Whether the signed-in one may; false until it is known who that is. */
export function useMaySteer(): (service: string) => boolean {
  const { data: session } = useQuery(sessionQuery);
  return (service) => maySteer(session?.user, service);
}
