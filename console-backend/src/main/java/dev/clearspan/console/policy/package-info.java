/**
 * Policy documents: reading, checking, versions and rollback. Entry: {@link
 * dev.clearspan.console.policy.Policies}.
 */
@NullMarked
package dev.clearspan.console.policy;

import org.jspecify.annotations.NullMarked;
