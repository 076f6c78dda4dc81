import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";

// What jsdom lacks and components ask for.
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  }) as unknown as MediaQueryList;
window.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof ResizeObserver;
Element.prototype.scrollIntoView = () => {};

// How long findBy and waitFor look before they give up; they end as soon as they have found.
configure({ asyncUtilTimeout: 20_000 });

beforeEach(() => localStorage.clear());
afterEach(cleanup);
