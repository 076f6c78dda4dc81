export { AuditPage as component } from "./components/AuditPage";
