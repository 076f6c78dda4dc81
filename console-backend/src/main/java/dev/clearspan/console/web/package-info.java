/**
 * The HTTP side without any feature: {@link dev.clearspan.console.web.Route} declares an endpoint,
 * the rest reads requests, writes JSON and describes the routes as OpenAPI.
 */
@NullMarked
package dev.clearspan.console.web;

import org.jspecify.annotations.NullMarked;
