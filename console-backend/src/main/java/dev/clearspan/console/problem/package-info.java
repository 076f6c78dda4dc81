/**
 * What went wrong, in the words of RFC 9457: {@link dev.clearspan.console.problem.ProblemException}
 * is how every feature refuses a request.
 */
@NullMarked
package dev.clearspan.console.problem;

import org.jspecify.annotations.NullMarked;
