/**
 * Sign-in by an OpenID Connect provider: authorization code with PKCE, checked ID tokens, groups to
 * roles. Entry: {@link dev.clearspan.console.oidc.OidcSignIn}.
 */
@NullMarked
package dev.clearspan.console.oidc;

import org.jspecify.annotations.NullMarked;
