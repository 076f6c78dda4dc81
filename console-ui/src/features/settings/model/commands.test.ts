import { describe, expect, it } from "vitest";
import { addUserCommand, changeUserCommand, createTokenCommand } from "./commands";

const operator = { role: "operator" as const, services: ["payments"] };

describe("commands that do the same", () => {
  it("make a token with its rights and its end", () => {
    expect(createTokenCommand("ci", operator, 7 * 86_400)).toBe(
      "clearspan ctl token create 'ci' --role operator --service 'payments' --ttl 7d",
    );
    expect(createTokenCommand("", { role: "viewer", services: [] }, null)).toBe(
      "clearspan ctl token create 'NAME' --role viewer",
    );
  });

  it("quote what a shell would take apart", () => {
    expect(addUserCommand("o'hara; rm", operator)).toContain("'o'\\''hara; rm'");
  });

  it("ask for a new password, and never hold it", () => {
    expect(changeUserCommand("ada", operator, true)).toBe(
      "clearspan ctl user change 'ada' --role operator --service 'payments' --password",
    );
  });
});
