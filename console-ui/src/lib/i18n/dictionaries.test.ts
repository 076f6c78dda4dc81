import { afterEach, describe, expect, it } from "vitest";
import { en } from "./en";
import { type MessageKey, setLocale, t } from "./index";
import { zh } from "./zh";

const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((m) => m[1]))].sort();

describe("dictionaries", () => {
  afterEach(() => setLocale("en"));

  it("have the same keys", () => {
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.keys(en) as MessageKey[])("%s has the same parts in both languages", (key) => {
    expect(placeholders(zh[key])).toEqual(placeholders(en[key]));
    expect(zh[key].trim()).not.toBe("");
  });

  it("choose a word by its number", () => {
    expect(t("breakers.processes", { n: 1 })).toBe("1 caller process");
    expect(t("breakers.processes", { n: 0 })).toBe("0 caller processes");
  });

  it("speak the chosen language", () => {
    expect(t("acks.more", { n: 3 })).toBe("and 3 more");
    setLocale("zh");
    expect(t("acks.more", { n: 3 })).toBe("还有 3 个");
    expect(document.documentElement.lang).toBe("zh");
  });
});
