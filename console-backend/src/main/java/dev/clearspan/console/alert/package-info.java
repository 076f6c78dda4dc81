/**
 * What operators are told of: rules over what the console measures, how each of them stands, and
 * the webhook that tells others. {@link dev.clearspan.console.alert.Alerts} is the entry.
 */
@NullMarked
package dev.clearspan.console.alert;

import org.jspecify.annotations.NullMarked;
