package dev.clearspan.console.api;

import dev.clearspan.console.change.Services;
import dev.clearspan.console.descriptor.ContractReport;
import dev.clearspan.console.descriptor.DescriptorSet;
import dev.clearspan.console.descriptor.Documentation;
import dev.clearspan.console.descriptor.LiveContracts;
import dev.clearspan.console.descriptor.ServiceDoc;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.Types;
import io.javalin.http.Context;
import java.util.Base64;
import java.util.List;

/** What services offer, by their live descriptors, and whether their versions fit together. */
public final class ContractApi implements Api {
  private final RegistryView registry;
  private final LiveContracts contracts;

  public ContractApi(RegistryView registry, LiveContracts contracts) {
    this.registry = registry;
    this.contracts = contracts;
  }

  /**
   * Descriptors as a file.
   *
   * @param descriptorSet base64
   */
  public record StoredDescriptors(String hash, String descriptorSet) {}

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/services/{service}/descriptors")
            .access(Access.VIEWER)
            .summary("Describes a service's methods and their types, by its live descriptors")
            .query("hash", "string", "Of instances with these descriptors; default the newest")
            .gives(ServiceDoc.class)
            .handledBy(this::describe),
        Route.get("/api/v1/services/{service}/descriptors/{hash}")
            .access(Access.VIEWER)
            .summary("Gives a service's descriptors as a FileDescriptorSet in base64")
            .gives(StoredDescriptors.class)
            .handledBy(this::download),
        Route.get("/api/v1/services/{service}/contract")
            .access(Access.VIEWER)
            .summary("Says whether the contracts of a service's instances fit together")
            .gives(ContractReport.class)
            .handledBy(context -> Json.answer(context, contracts.report(service(context)))),
        Route.get("/api/v1/contracts")
            .access(Access.VIEWER)
            .summary("Lists the services whose instances do not all have the same contract")
            .gives(Types.listOf(ContractReport.class))
            .handledBy(context -> Json.answer(context, contracts.mixed())));
  }

  private void describe(Context context) {
    String service = service(context);
    DescriptorSet set = contracts.require(service, Query.text(context, "hash").orElse(""));
    Json.answer(context, Documentation.of(service, contracts.versions(service), set));
  }

  private void download(Context context) {
    DescriptorSet set = contracts.require(service(context), context.pathParam("hash"));
    Json.answer(
        context,
        new StoredDescriptors(set.hash(), Base64.getEncoder().encodeToString(set.bytes())));
  }

  private String service(Context context) {
    String service = context.pathParam("service");
    Services.require(registry.snapshot(), service);
    return service;
  }
}
