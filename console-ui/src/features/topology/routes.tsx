export { TopologyPage as component } from "./components/TopologyPage";
