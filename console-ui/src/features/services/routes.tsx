export { InstancePage } from "./components/InstancePage";
export { MethodPage } from "./components/MethodPage";
export { ServicePage } from "./components/ServicePage";
export { ServicesPage } from "./components/ServicesPage";
