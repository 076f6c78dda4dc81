/**
 * The endpoints of the public API: thin, each reads a request, asks a feature and answers. {@link
 * dev.clearspan.console.api.HttpServer} serves them.
 */
@NullMarked
package dev.clearspan.console.api;

import org.jspecify.annotations.NullMarked;
