import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "@/lib/api/queries";
import type { Session } from "@/lib/api/types";

export type Rights = Pick<Session["user"], "role" | "services">;

/** Whether a list of services means this one: an empty list means all, "pay*" all that begin so. */
export function covers(services: string[], service: string): boolean {
  return services.length === 0 || services.some((name) => means(name, service));
}

const means = (name: string, service: string) =>
  name.endsWith("*") ? service.startsWith(name.slice(0, -1)) : name === service;

/** Whether somebody may change how a service's calls go. */
export function steers(user: Rights | undefined, service: string): boolean {
  return user !== undefined && user.role !== "viewer" && covers(user.services, service);
}

/** Whether who is signed in may; false until that is known. Where it is false no control is shown. */
export function useSteers(service: string): boolean {
  const { data: session } = useQuery(sessionQuery);
  return steers(session?.user, service);
}
