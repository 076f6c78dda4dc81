export { BreakersPage as component } from "./components/BreakersPage";
