export { SystemPage as component } from "./components/SystemPage";
