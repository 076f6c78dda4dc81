export { SettingsPage as component } from "./components/SettingsPage";
