export { SettingsPage as component } from "./components/SettingsPage";
export { TokenDialog } from "./components/TokenDialogs";
