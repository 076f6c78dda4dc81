export const SERVICE_TABS = ["overview", "instances", "methods", "api", "policy"] as const;
export type ServiceTab = (typeof SERVICE_TABS)[number];

export const serviceTab = (text: string | undefined): ServiceTab =>
  SERVICE_TABS.find((tab) => tab === text) ?? "overview";
