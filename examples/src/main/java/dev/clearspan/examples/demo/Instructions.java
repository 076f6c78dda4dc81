package dev.clearspan.examples.demo;

import dev.clearspan.examples.shop.Role;
import java.net.URI;
import java.util.Comparator;
import java.util.List;

/** What a user is told when everything is up. */
record Instructions(
    URI console,
    URI signIn,
    List<ShopPlan.Member> members,
    Supervisor supervisor,
    Workspace files) {

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("\nClearspan is up.\n");
    text.append("\n  Console   ").append(console);
    text.append("\n  Sign in   ").append(signIn).append("   (one click, once, within the hour)");
    text.append("\n  Logs      ").append(files.logs()).append("\n\n  Instances\n");
    members.stream()
        .sorted(Comparator.comparing(ShopPlan.Member::id))
        .forEach(member -> text.append(instance(member)));
    text.append("\n  Make payments fail, and recover:\n");
    text.append(faults("0.8")).append(faults("0"));
    text.append("\n  Change the load:\n").append(load());
    text.append("\n  Kill an instance, and see who notices:\n    kill -9 ")
        .append(pid("payments-2"))
        .append("    # payments-2; then r + Enter here starts it again\n");
    return text.append("\nCtrl-C stops everything.\n").toString();
  }

  private String instance(ShopPlan.Member member) {
    return "    %-13s 127.0.0.1:%-6d pid %s%n"
        .formatted(member.id(), member.port(), pid(member.id()));
  }

  private String faults(String share) {
    String ports =
        String.join(
            " ",
            members.stream()
                .filter(member -> member.role() == Role.PAYMENTS)
                .map(member -> String.valueOf(member.port()))
                .toList());
    return "    for p in %s; do curl -s --json '{\"failShare\":%s}' http://127.0.0.1:$p/shop.Faults/Set; done%n"
        .formatted(ports, share);
  }

  private String load() {
    return members.stream()
        .filter(member -> member.role() == Role.SHOPPER)
        .map(
            member ->
                "    curl -s --json '{\"ordersPerSecond\":80}' http://127.0.0.1:%d/shop.Shopper/Set%n"
                    .formatted(member.port()))
        .findFirst()
        .orElse("");
  }

  private String pid(String name) {
    return supervisor.find(name).map(child -> String.valueOf(child.pid())).orElse("-");
  }
}
