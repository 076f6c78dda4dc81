/**
 * Who may do what: users, sessions, tokens and one-time links in the H2 file {@code control}.
 * Entry: {@link dev.clearspan.console.identity.Identity}.
 */
@NullMarked
package dev.clearspan.console.identity;

import org.jspecify.annotations.NullMarked;
