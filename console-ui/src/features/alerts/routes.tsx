export { AlertsPage as component } from "./components/AlertsPage";
