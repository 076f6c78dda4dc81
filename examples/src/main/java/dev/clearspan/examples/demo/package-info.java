/**
 * Runs the whole of Clearspan on one machine: registry, console and the shop, each instance a
 * process. Entry: {@link dev.clearspan.examples.demo.Demo}.
 */
@NullMarked
package dev.clearspan.examples.demo;

import org.jspecify.annotations.NullMarked;
