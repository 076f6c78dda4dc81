export { SetupPage } from "./components/SetupPage";
export { SignInPage } from "./components/SignInPage";
