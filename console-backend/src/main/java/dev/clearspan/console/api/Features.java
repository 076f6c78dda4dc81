package dev.clearspan.console.api;

import dev.clearspan.console.audit.AuditChain;
import dev.clearspan.console.audit.AuditTrail;
import dev.clearspan.console.change.AckLedger;
import dev.clearspan.console.change.BreakerControls;
import dev.clearspan.console.change.InstanceControls;
import dev.clearspan.console.change.KeepOrders;
import dev.clearspan.console.events.EventPump;
import dev.clearspan.console.identity.Identity;
import dev.clearspan.console.layout.Layouts;
import dev.clearspan.console.oidc.OidcSignIn;
import dev.clearspan.console.outage.Outages;
import dev.clearspan.console.policy.Policies;
import dev.clearspan.console.preview.Previews;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.topology.TopologyHistory;
import dev.clearspan.console.topology.TopologyModel;
import org.jspecify.annotations.Nullable;

/**
 * What the API offers to the outside.
 *
 * @param oidc null: no provider is set up
 */
public record Features(
    Identity identity,
    @Nullable OidcSignIn oidc,
    RegistryView registry,
    TopologyModel topology,
    TopologyHistory history,
    Layouts layouts,
    Outages outages,
    InstanceControls instances,
    BreakerControls breakers,
    Policies policies,
    Previews previews,
    KeepOrders keeps,
    AckLedger acks,
    AuditTrail audit,
    AuditChain auditChain,
    EventPump events,
    SystemReport system) {}
