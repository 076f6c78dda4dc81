import { request, segment } from "./client";
import type { Role, Session, SignedOut, Token, TokenCreated, User } from "./types";

/** What somebody may do; no services: all of them. */
export interface Rights {
  role: Role;
  services: string[];
}

export const createUser = (body: Rights & { name: string; password: string }) =>
  request<User>("POST", "/users", { body });

export const changeUser = (name: string, body: Partial<Rights> & { password?: string }) =>
  request<User>("PUT", `/users/${segment(name)}`, { body });

export const removeUser = (name: string) => request<void>("DELETE", `/users/${segment(name)}`);

export const createToken = (body: Rights & { name: string; ttlSeconds: number | null }) =>
  request<TokenCreated>("POST", "/tokens", { body });

export const endToken = ({ id }: Pick<Token, "id">) => request<void>("DELETE", `/tokens/${segment(id)}`);

export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  request<Session>("PUT", "/session/password", { body });

export const signOutEverywhere = () => request<SignedOut>("DELETE", "/sessions");
