export const SETTINGS_TABS = ["account", "users", "tokens"] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

export const settingsTab = (text: string | undefined): SettingsTab =>
  SETTINGS_TABS.find((tab) => tab === text) ?? "account";
