import type { Rights } from "@/lib/api/accounts";
import { quoted } from "@/lib/format/shell";

const DAY_SECONDS = 86_400;

/** What makes the same token from a terminal; it prints the secret. */
export function createTokenCommand(name: string, rights: Rights, ttlSeconds: number | null): string {
  const ttl = ttlSeconds === null ? [] : [`--ttl ${Math.round(ttlSeconds / DAY_SECONDS)}d`];
  return ["clearspan ctl token create", quoted(name || "NAME"), ...options(rights), ...ttl].join(" ");
}

/** It asks for the password. */
export const addUserCommand = (name: string, rights: Rights) =>
  ["clearspan ctl user add", quoted(name || "NAME"), ...options(rights)].join(" ");

export const changeUserCommand = (name: string, rights: Rights, newPassword: boolean) =>
  [
    "clearspan ctl user change",
    quoted(name),
    ...options(rights),
    ...(newPassword ? ["--password"] : []),
  ].join(" ");

const options = ({ role, services }: Rights) => [
  `--role ${role}`,
  ...services.map((service) => `--service ${quoted(service)}`),
];
