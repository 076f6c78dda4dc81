/**
 * Who changed what, when and why: {@link dev.clearspan.console.audit.AuditTrail} reads it from the
 * registry.
 */
@NullMarked
package dev.clearspan.console.audit;

import org.jspecify.annotations.NullMarked;
