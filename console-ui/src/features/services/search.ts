export const SERVICE_TABS = ["overview", "instances", "methods", "api", "policy"] as const;
export type ServiceTab = (typeof SERVICE_TABS)[number];

export const serviceTab = (text: string | undefined): ServiceTab =>
  SERVICE_TABS.find((tab) => tab === text) ?? "overview";

export interface ServiceSearch {
  /** The policy is opened for editing; forgotten as soon as it is. */
  edit?: true | undefined;
}

export const serviceSearch = ({ edit }: Record<string, unknown>): ServiceSearch =>
  edit === true ? { edit } : {};
