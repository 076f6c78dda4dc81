/**
 * The contracts of live services, from the descriptors that their servers publish: {@link
 * dev.clearspan.console.descriptor.LiveContracts} knows who offers what, as documentation, for
 * calls and compared.
 */
@NullMarked
package dev.clearspan.console.descriptor;

import org.jspecify.annotations.NullMarked;
