import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { currentScheme, setScheme } from "@/lib/theme/scheme";
import { shop } from "@/testing/fixtures";
import { renderInApp, serve } from "@/testing/render";
import { SearchBox } from "./SearchBox";

describe("the search box", () => {
  beforeEach(() => setScheme("dark"));

  const typed = (text: string) => {
    const sent = serve({ "GET /topology": shop(), "DELETE /session": {} });
    renderInApp(<SearchBox />);
    fireEvent.keyDown(window, { key: "k", ctrlKey: true });
    const box = screen.getByRole("combobox");
    expect(document.activeElement).toBe(box);
    fireEvent.change(box, { target: { value: text } });
    return { box, sent };
  };

  it("changes the theme by keyboard alone", () => {
    const { box } = typed("light th");
    fireEvent.keyDown(box, { key: "Enter" });
    expect(currentScheme()).toBe("light");
  });

  it("signs out by keyboard alone", () => {
    const { box, sent } = typed("sign out");
    fireEvent.keyDown(box, { key: "Enter" });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toContain("DELETE /session");
  });
});
