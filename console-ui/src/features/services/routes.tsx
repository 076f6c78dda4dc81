export { ServicePage } from "./components/ServicePage";
export { ServicesPage } from "./components/ServicesPage";
