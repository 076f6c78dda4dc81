/**
 * The demo shop: seven services that call each other, each instance a process of its own. Entry:
 * {@link dev.clearspan.examples.shop.Shop}.
 */
@NullMarked
package dev.clearspan.examples.shop;

import org.jspecify.annotations.NullMarked;
