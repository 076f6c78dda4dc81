/**
 * The proof that every failed or slow call is found at a head rate of 1%: a chain of processes, a
 * caller that gives orders, and a console that is asked for the calls' trace ids.
 */
@NullMarked
package dev.clearspan.console.findable;

import org.jspecify.annotations.NullMarked;
