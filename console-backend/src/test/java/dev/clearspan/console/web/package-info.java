/** Tests of what all of the API's paths share. */
@NullMarked
package dev.clearspan.console.web;

import org.jspecify.annotations.NullMarked;
