export { MetricsPage as component } from "./components/MetricsPage";
