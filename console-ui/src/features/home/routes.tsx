export { HomePage as component } from "./components/HomePage";
