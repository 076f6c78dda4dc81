package dev.clearspan.console.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.audit.AuditRow;
import dev.clearspan.console.audit.AuditTrail;
import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import dev.clearspan.console.change.Concerned;
import dev.clearspan.console.change.RuleWriter;
import dev.clearspan.console.change.Services;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Stored;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.ServicePolicy;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services' policies and their versions. Thread-safe. */
public final class Policies {
  private static final int MAX_VERSIONS = 100;

  private final RuleWriter writer;
  private final RegistryView registry;
  private final AuditTrail audit;
  private final Clock clock;

  public Policies(RuleWriter writer, RegistryView registry, AuditTrail audit, Clock clock) {
    this.writer = writer;
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
  }

  public PolicyDocument document(String service) {
    RegistrySnapshot snapshot = registry.snapshot();
    Services.require(snapshot, service);
    Stored<ServicePolicy> stored = snapshot.policies().get(service);
    return new PolicyDocument(
        service,
        stored == null ? 0 : stored.revision(),
        GuardText.rules(Json.lenient(stored == null ? "{}" : stored.json())),
        stored == null ? null : Guard.of(stored.value()).orElse(null),
        defaults());
  }

  /**
   * Reads a draft as {@link #put} would.
   *
   * @throws dev.clearspan.console.problem.ProblemException 422 naming the field
   */
  public ServicePolicy read(JsonNode document) {
    ServicePolicy policy = PolicyText.parse(document);
    PolicyCheck.check(policy, clock.instant());
    return policy;
  }

  /** What holds where a policy says nothing. */
  public JsonNode defaults() {
    return Json.lenient(PolicyDefaults.JSON);
  }

  /** What holds for a method's calls; a name without an entry has what the service part says. */
  public EffectivePolicy effective(String service, String method) {
    RegistrySnapshot snapshot = registry.snapshot();
    Services.require(snapshot, service);
    return EffectivePolicies.of(snapshot, service, method);
  }

  /** Checks a document as {@link #put} does, and says who would ignore parts of it. */
  public DraftAudience audience(String service, JsonNode document) {
    RegistrySnapshot snapshot = registry.snapshot();
    Services.require(snapshot, service);
    ServicePolicy policy = PolicyText.parse(document);
    PolicyCheck.check(policy, clock.instant());
    return DraftAudiences.of(policy, Concerned.by(snapshot, service));
  }

  /**
   * Stores a policy in place of the one with this revision (0: of none). With a guard it is on
   * trial; without one it stays, and a trial that was on is over.
   */
  public ChangeResult put(String service, JsonNode document, long expected, Cause cause) {
    Services.require(registry.snapshot(), service);
    ServicePolicy policy = read(document);
    return rewrite(
        "policy.put",
        service,
        expected,
        cause,
        present ->
            print(
                policy.hasGuard()
                    ? GuardText.start(policy, present, expected, cause.author(), clock.instant())
                    : policy));
  }

  /** Ends the trial of the policy with this revision: it stays. */
  public ChangeResult keep(String service, long expected, Cause cause) {
    return rewrite("policy.keep", service, expected, cause, GuardText::without);
  }

  /** Ends the trial of the policy with this revision: what was before it comes back. */
  public ChangeResult revert(String service, long expected, Cause cause) {
    return rewrite("policy.revert", service, expected, cause, GuardText::previous);
  }

  private ChangeResult rewrite(
      String action, String service, long expected, Cause cause, RuleWriter.Rewrite change) {
    return writer.rewrite(
        action, service, new RegistryKey.PolicyKey(service), expected, change, cause);
  }

  /** Newest first, at most 100. */
  public List<PolicyVersion> versions(String service) {
    Services.require(registry.snapshot(), service);
    String key = new RegistryKey.PolicyKey(service).text();
    return audit.find(new AuditTrail.Search(service, null, null, null, Integer.MAX_VALUE)).stream()
        .filter(row -> row.key().equals(key))
        .limit(MAX_VERSIONS)
        .map(Policies::version)
        .toList();
  }

  /** Stores what a version held, in place of the policy with this revision. */
  public ChangeResult rollback(
      String service, @Nullable String auditId, long expected, Cause cause) {
    PolicyVersion version =
        versions(service).stream()
            .filter(candidate -> candidate.auditId().equals(auditId))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "auditId", "'" + auditId + "' (expected: the id of a version)"));
    JsonNode document = version.policy();
    if (document != null) {
      return put(service, document, expected, cause);
    }
    return writer.write(
        "policy.put", service, new RegistryKey.PolicyKey(service), expected, null, cause);
  }

  private static PolicyVersion version(AuditRow row) {
    JsonNode after = row.after() instanceof JsonNode document ? document : null;
    return new PolicyVersion(
        row.id(),
        row.revision(),
        row.at(),
        row.author(),
        row.reason(),
        row.action(),
        after != null && after.has(GuardText.FIELD),
        after == null ? null : GuardText.rules(after));
  }

  private static String print(ServicePolicy policy) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(policy);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a policy that was read has no JSON form", e);
    }
  }
}
