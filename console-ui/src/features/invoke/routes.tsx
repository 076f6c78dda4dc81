export { InvokePage as component } from "./components/InvokePage";
