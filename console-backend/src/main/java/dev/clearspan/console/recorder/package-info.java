/**
 * What processes say of their flight recorders: how much they keep, lose and shed. {@link
 * dev.clearspan.console.recorder.RecorderIntake} hears it, {@link
 * dev.clearspan.console.recorder.AbsenceReport} answers with it why a trace is not there.
 */
@NullMarked
package dev.clearspan.console.recorder;

import org.jspecify.annotations.NullMarked;
