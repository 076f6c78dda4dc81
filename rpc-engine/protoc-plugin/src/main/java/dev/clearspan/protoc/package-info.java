/**
 * A protoc plugin that writes a typed client and a service base for each service in a .proto file.
 * Entry: {@link dev.clearspan.protoc.ClearspanGenerator}. Descriptors become a {@link
 * dev.clearspan.protoc.ServiceModel}, from which {@link dev.clearspan.protoc.ClientSource} and
 * {@link dev.clearspan.protoc.BaseSource} write Java text; nothing else touches text.
 */
@NullMarked
package dev.clearspan.protoc;

import org.jspecify.annotations.NullMarked;
