import { describe, expect, it } from "vitest";
import { quantity, stateTone, targetWords } from "./alerts";

const nobody = { service: "", method: "", caller: "", instance: "" };

describe("alerts in words", () => {
  it("values come with the unit of their rule", () => {
    expect(quantity(31.2, "percent")).toEqual({ value: "31", unit: "%" });
    expect(quantity(250, "ms")).toEqual({ value: "250", unit: "ms" });
    expect(quantity(312, "seconds")).toEqual({ value: "5.2", unit: "min" });
    expect(quantity(0, "per_second")).toEqual({ value: "0", unit: "/s" });
    expect(quantity(null, "ms").value).toBe("–");
  });

  it("targets are named from caller to instance", () => {
    expect(targetWords({ ...nobody, caller: "web", service: "orders", method: "shop.Orders/Place" })).toBe(
      "web → orders · Place",
    );
    expect(targetWords({ ...nobody, service: "orders", instance: "orders-2" })).toBe("orders · orders-2");
    expect(targetWords(nobody)).toBe("this console");
  });

  it("only what fires is loud, and no data is not well", () => {
    expect(stateTone("firing", "critical")).toBe("bad");
    expect(stateTone("firing", "warning")).toBe("warn");
    expect(stateTone("pending", "critical")).toBe("neutral");
    expect(stateTone("no_data", "critical")).toBe("stale");
  });
});
